package io.qlikbridge.cloudadmin;

import io.qlikbridge.upstream.Wanted;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An identity provider as the tenant lists it (contract, section 8).
 *
 * @param key what it verifies with; empty where that cannot be read
 */
record KnownProvider(String id, String issuer, String kid, boolean active, Optional<CertifiedKey> key) {

    /** What is read of each. A provider has one key; whatever else a tenant may have is told by its own. */
    static final Wanted WANTED = Wanted.values("id", "active")
            .withObject("options", Wanted.values("issuer").withList("staticKeys", 4, Wanted.values("kid", "pem")));

    static KnownProvider of(JsonNode listed) {
        JsonNode key = listed.path("options").path("staticKeys").path(0);
        return new KnownProvider(
                listed.path("id").asString(""),
                listed.path("options").path("issuer").asString(""),
                key.path("kid").asString(""),
                listed.path("active").asBoolean(true),
                CertifiedKey.in(key.path("pem").asString("")));
    }
}
