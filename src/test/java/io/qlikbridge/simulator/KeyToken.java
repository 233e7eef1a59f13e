package io.qlikbridge.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Makes the token of an API key: in the form of a JWT, though only the tenant could tell whether it is one. */
final class KeyToken {

    private static final JsonMapper JSON = JsonMapper.shared();

    private KeyToken() {}

    static String of(String keyId, String userId, String tenantId) {
        Map<String, String> header = Map.of("alg", "ES384", "kid", RandomText.objectId(), "typ", "JWT");
        Map<String, String> claims = Map.of(
                "aud",
                "qlik.api",
                "iss",
                "qlik.api/api-keys",
                "jti",
                keyId,
                "sub",
                userId,
                "subType",
                "user",
                "tenantId",
                tenantId);
        return part(header) + "." + part(claims) + "." + encoded(RandomText.bytes(96));
    }

    private static String part(Map<String, String> members) {
        return encoded(JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
