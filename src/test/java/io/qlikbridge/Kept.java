package io.qlikbridge;

import io.qlikbridge.simulator.OAuthClient;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.HashMap;
import java.util.Map;

/** What a connection to Qlik Cloud keeps of a user. */
public enum Kept {
    API_KEYS {
        @Override
        public String connect(Product bridge, SimulatedTenant tenant, Map<String, Object> settings) {
            return bridge.connectTo(tenant, settings);
        }
    },
    SESSIONS {
        @Override
        public String connect(Product bridge, SimulatedTenant tenant, Map<String, Object> settings) {
            return bridge.connectTo(tenant, with(settings, Map.of("keeps", "sessions")));
        }
    },
    ACCESS_TOKENS {
        @Override
        public String connect(Product bridge, SimulatedTenant tenant, Map<String, Object> settings) {
            String connection = Product.name("main");
            Map<String, Object> body =
                    with(Map.of("type", "qlik-cloud", "host", tenant.url(), "signIn", "oauth-impersonation"), settings);
            bridge.put("/api/v1/connections/" + connection, body).expect(201);
            tenant.oauth().client(OAuthClient.impersonating(connection, SECRET));
            bridge.put(
                            "/api/v1/connections/" + connection + "/oauth-client",
                            Map.of("clientId", connection, "clientSecret", SECRET))
                    .expect(204);
            return connection;
        }
    };

    /** Of the OAuth client, whose id is the connection's. */
    public static final String SECRET = "s-3cr3t-of-the-oauth-client";

    /**
     * Makes a connection to the tenant that keeps this.
     *
     * @param settings more of the connection's, or others
     */
    public abstract String connect(Product bridge, SimulatedTenant tenant, Map<String, Object> settings);

    public String connect(Product bridge, SimulatedTenant tenant) {
        return connect(bridge, tenant, Map.of());
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
