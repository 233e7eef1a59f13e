package io.qlikbridge.auditlog;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What is audited. A name is never changed: rows that have it are kept. */
public enum Action {
    CONNECTION_CREATE("connection.create"),
    CONNECTION_UPDATE("connection.update"),
    CONNECTION_DELETE("connection.delete"),
    CONNECTION_TEST("connection.test"),
    CONNECTION_SETUP("connection.setup"),
    SIGNING_KEY_CREATE("signing-key.create"),
    SIGNING_KEY_ACTIVATE("signing-key.activate"),
    SIGNING_KEY_DELETE("signing-key.delete"),
    CERTIFICATE_ENDING("signing-key.certificate-ending"),
    CERTIFICATES_PUT("certificates.put"),
    CERTIFICATES_DELETE("certificates.delete"),
    CERTIFICATES_ENDING("certificates.ending"),
    OAUTH_CLIENT_PUT("oauth-client.put"),
    OAUTH_CLIENT_DELETE("oauth-client.delete"),
    VAULT_RESEAL("vault.reseal"),
    USER_CREATE("user.create"),
    USER_UPDATE("user.update"),
    USER_DELETE("user.delete"),
    USER_IMPORT("user.import"),
    CLIENT_CREATE("client.create"),
    CLIENT_RENEW_SECRET("client.renew-secret"),
    CLIENT_DELETE("client.delete"),
    CLIENT_SIGN_IN("client.sign-in"),
    USER_SIGN_IN("user.sign-in"),
    LEASE_ISSUE("lease.issue"),
    LEASE_RENEW("lease.renew"),
    LEASE_REVOKE("lease.revoke"),
    LEASE_ORPHAN_DELETE("lease.orphan-delete"),
    TOKEN_HAND_OUT("token.hand-out"),
    REQUEST_REFUSE("request.refuse");

    private final String value;

    Action(String value) {
        this.value = value;
    }

    /** The action as it stands in a row and in an answer, such as {@code token.hand-out}. */
    @JsonValue
    public String value() {
        return value;
    }

    public static Optional<Action> of(String value) {
        return Arrays.stream(values())
                .filter(action -> action.value.equals(value))
                .findFirst();
    }
}
