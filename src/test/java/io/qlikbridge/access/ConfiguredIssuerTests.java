package io.qlikbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Replicas on one database whose operator says who issues their tokens. */
class ConfiguredIssuerTests {

    private static final String ISSUER = "bridge.access.issuer";

    private final Map<String, Object> database = TestDatabase.fresh();

    @Test
    void issuerWhenConfiguredIsThatOfEveryToken() {
        try (Product bridge = Product.start(database, Map.of(ISSUER, "https://bridge.example.org"));
                Product other = Product.start(database, Map.of(ISSUER, "https://b.example.org"))) {
            assertThat(bridge.send("GET", "/.well-known/oauth-authorization-server", null, null)
                            .expect(200)
                            .text())
                    .contains("\"issuer\":\"https://bridge.example.org\"")
                    .contains("\"token_endpoint\":\"https://bridge.example.org/oauth2/token\"");
            bridge.get("/api/v1/me").expect(200);
            assertThat(other.send("GET", "/api/v1/me", null, bridge.adminToken())
                            .expectProblem(401, "unauthenticated")
                            .detail())
                    .contains("another issuer");
        }
    }
}
