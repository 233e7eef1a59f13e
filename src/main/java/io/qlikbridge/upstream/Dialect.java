package io.qlikbridge.upstream;

import io.qlikbridge.transport.Trust;
import java.time.Duration;
import java.util.Optional;

/** What has to be known of one kind of deployment to call it: how it limits rates, and what to change where it is another server. */
public interface Dialect {

    /** What to change, as sentences, when the answer cannot be one of such a deployment. */
    String otherServerRemedy();

    /** The limit that a call counts against. */
    RateLimit limit(TenantCall call);

    /** Whom a call trusts, and what it shows of itself; empty where the SSL bundle of the connection says so, or the JDK. */
    default Optional<Trust> trust() {
        return Optional.empty();
    }

    /** How long an answer may take to its last byte; empty for {@code bridge.tenant.read-timeout}. */
    default Optional<Duration> readTimeout() {
        return Optional.empty();
    }

    /**
     * What there is to say of a call without an answer that is particular to this kind of deployment.
     *
     * @param failure why it had none
     * @return what was found, and behind a semicolon what to change; no end of a sentence. Empty where nothing is particular
     */
    default Optional<String> reason(TenantCall call, Throwable failure) {
        return Optional.empty();
    }

    /**
     * A limit on the rate of calls.
     *
     * @param name tells it from the other limits of the deployment
     * @param perUser whether each user has one of their own, below one for all of them together
     */
    record RateLimit(String name, boolean perUser) {}
}
