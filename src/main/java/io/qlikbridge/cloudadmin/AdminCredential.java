package io.qlikbridge.cloudadmin;

import io.qlikbridge.connection.ConnectionRequest;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.received.BearerToken;
import io.qlikbridge.setup.SetupCredential;
import java.util.Optional;

/** How an administrator of a Qlik Cloud tenant lets the bridge in for one request. */
sealed interface AdminCredential extends SetupCredential {

    int LONGEST = 255;

    /** An OAuth client that acts for itself (contract, section 10). */
    record OAuthClient(String id, String secret) implements AdminCredential {

        /** Without the secret. */
        @Override
        public String toString() {
            return "OAuthClient[id=" + id + "]";
        }
    }

    /** An API key of an administrator (contract, section 5). */
    record ApiKey(String token) implements AdminCredential {

        @Override
        public String toString() {
            return "ApiKey[]";
        }
    }

    /** Exactly one of {@code {clientId, clientSecret}} and {@code {apiKey}}; no text of it is ever repeated. */
    static Optional<SetupCredential> read(ConnectionRequest authorization) {
        if (authorization.has("apiKey")) {
            authorization.refuse("clientId", "does not go with apiKey: send one credential");
            authorization.refuse("clientSecret", "does not go with apiKey: send one credential");
            return authorization.text("apiKey", AdminCredential::bearer).map(ApiKey::new);
        }
        Optional<String> id = authorization.requiredText("clientId", text -> PlainText.checked(text, LONGEST));
        Optional<String> secret = authorization.requiredText("clientSecret", text -> PlainText.checked(text, LONGEST));
        return id.flatMap(known -> secret.map(proof -> new OAuthClient(known, proof)));
    }

    private static String bearer(String text) {
        if (!BearerToken.isFit(text)) {
            throw new InvalidValue("is an API key as the tenant showed it when it was made, without blanks");
        }
        return text;
    }
}
