package io.qlikbridge.client;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A client's secret in plain form: it is shown once, and kept as a hash alone. */
public record ClientSecret(String value) {

    /** The hash (bcrypt) takes no more, and would refuse the rest. */
    public static final int MOST_BYTES = 72;

    private static final int RANDOM_BYTES = 32;

    public static ClientSecret random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new ClientSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether it can be a secret at all: not empty, and no longer than what is hashed of it. */
    public static boolean isPossible(@Nullable CharSequence secret) {
        return secret != null
                && !secret.isEmpty()
                && secret.length() <= MOST_BYTES
                && secret.toString().getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    @Override
    public String toString() {
        return "ClientSecret[]";
    }
}
