package io.qlikbridge.issuer;

import io.qlikbridge.client.AccessCannotStart;
import io.qlikbridge.client.AccessProperties;
import io.qlikbridge.problem.PlainText;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client by which an issuer's admins sign in to the console.
 *
 * @param key names the issuer in addresses, for as long as its own is the same
 * @param name what people are shown of the issuer
 * @param secret {@code null} for a public client
 */
record ConsoleClient(
        String key, String name, String id, @Nullable String secret) {

    private static final int LONGEST_NAME = 60;

    /**
     * As configured; {@code null} where nobody of the issuer signs in to the console.
     *
     * @param issuer its address, without a slash at the end
     * @param setting the name of the issuer's properties
     * @throws AccessCannotStart for what could only be a mistake
     */
    static @Nullable ConsoleClient of(AccessProperties.Issuer settings, String issuer, String setting) {
        String id = settings.consoleClientId();
        if (id == null) {
            requireNothingElse(settings, setting);
            return null;
        }
        if (settings.adminRole() == null) {
            throw new AccessCannotStart(
                    setting + ".console-client-id is set, and nobody of that issuer could enter the console.",
                    "Set " + setting + ".admin-role to the role that its admins have, or leave console-client-id out.");
        }
        String host = Objects.requireNonNull(URI.create(issuer).getHost());
        String name = settings.consoleName() == null ? host : settings.consoleName();
        if (PlainText.fault(name, LONGEST_NAME).isPresent()) {
            throw new AccessCannotStart(
                    setting + ".console-name "
                            + PlainText.fault(name, LONGEST_NAME).orElse("") + ".",
                    "Write it as people know the issuer, or leave it out for its host.");
        }
        return new ConsoleClient(key(issuer), name, id, settings.consoleClientSecret());
    }

    private static void requireNothingElse(AccessProperties.Issuer settings, String setting) {
        if (settings.consoleClientSecret() != null || settings.consoleName() != null) {
            throw new AccessCannotStart(
                    setting + (settings.consoleClientSecret() == null ? ".console-name" : ".console-client-secret")
                            + " is set, and console-client-id is not.",
                    "Set " + setting + ".console-client-id to the client that the console has at that issuer, or leave"
                            + " both out.");
        }
    }

    /** What stands behind {@code https://}, where each character that is not plain in an address is a hyphen. */
    static String key(String issuer) {
        return issuer.replaceFirst("^https?://", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._]+", "-");
    }

    @Override
    public String toString() {
        return "ConsoleClient[key=" + key + ", name=" + name + ", id=" + id + "]";
    }
}
