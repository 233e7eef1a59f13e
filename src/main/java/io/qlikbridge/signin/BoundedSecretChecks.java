package io.qlikbridge.signin;

import io.qlikbridge.client.ClientSecret;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * Checks client secrets a few at a time. A check keeps a processor busy for a good while and never lets go of it, so a
 * flood of wrong secrets would leave none for the virtual threads of all other requests. Whoever waits too long for a turn
 * is told {@code temporarily_unavailable}.
 */
public class BoundedSecretChecks implements PasswordEncoder {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final String IMPOSSIBLE = "instead of a secret that cannot be one";

    private final PasswordEncoder hashes;
    private final Semaphore turns;
    private final Duration longestWait;

    BoundedSecretChecks(PasswordEncoder hashes, int atOnce, Duration longestWait) {
        this.hashes = hashes;
        this.turns = new Semaphore(atOnce, true);
        this.longestWait = longestWait;
    }

    /** Half of the processors at most, and a wait of two seconds. */
    public static BoundedSecretChecks over(PasswordEncoder hashes) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new BoundedSecretChecks(hashes, Math.max(1, processors / 2), LONGEST_WAIT);
    }

    /**
     * A secret that is empty, or longer than what is hashed of it, is never right; it takes as long to say so.
     *
     * @throws OAuth2AuthenticationException {@code temporarily_unavailable} when no turn came in time
     */
    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String hash) {
        boolean possible = ClientSecret.isPossible(secret);
        awaitTurn();
        try {
            return hashes.matches(possible ? secret : IMPOSSIBLE, hash) && possible;
        } finally {
            turns.release();
        }
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence secret) {
        return hashes.encode(secret);
    }

    @Override
    public boolean upgradeEncoding(@Nullable String hash) {
        return hashes.upgradeEncoding(hash);
    }

    private void awaitTurn() {
        try {
            if (turns.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        throw new OAuth2AuthenticationException(new OAuth2Error(
                OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE,
                "Too many clients ask for a token at once. Ask again shortly.",
                null));
    }
}
