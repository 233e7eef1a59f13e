package io.qlikbridge.upstream;

/** What has to be known of one kind of deployment to call it: how it limits rates, and what to change where it is another server. */
public interface Dialect {

    /** What to change, as sentences, when the answer cannot be one of such a deployment. */
    String otherServerRemedy();

    /** The limit that a call counts against. */
    RateLimit limit(TenantCall call);

    /**
     * A limit on the rate of calls.
     *
     * @param name tells it from the other limits of the deployment
     * @param perUser whether each user has one of their own, below one for all of them together
     */
    record RateLimit(String name, boolean perUser) {}
}
