package io.qlikbridge.qlikcloud;

import io.qlikbridge.upstream.Dialect;
import io.qlikbridge.upstream.TenantCall;
import org.springframework.http.HttpMethod;

/**
 * How Qlik Cloud limits rates (contract, section 11): reads for each user, and for all of a tenant's users together; writes are
 * all logins and keys of the bridge, so one limit is everybody's.
 */
enum CloudDialect implements Dialect {
    INSTANCE;

    static final String OTHER_SERVER =
            "Check that the host of the connection is a Qlik Cloud tenant and that no proxy answers in its place.";

    private static final RateLimit READS = new RateLimit("reads", true);
    private static final RateLimit WRITES = new RateLimit("writes", false);

    @Override
    public String otherServerRemedy() {
        return OTHER_SERVER;
    }

    @Override
    public RateLimit limit(TenantCall call) {
        return call.method().equals(HttpMethod.GET) ? READS : WRITES;
    }
}
