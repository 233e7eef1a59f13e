package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.setup.TenantSetup;
import java.util.Optional;

/** One kind of Qlik deployment, and what it can do. Each adapter has one, which is found by its type. */
public interface Deployment {

    ConnectionType type();

    AppCatalog catalog();

    ConnectionProbe probe();

    /** Empty where nothing is issued on a connection: calls then name the subject, and are made without a credential. */
    default Optional<CredentialIssuer> issuer(Connection connection) {
        return Optional.empty();
    }

    /**
     * What the credential of this id is, for texts to name it by, such as {@code session}; connections may have had other ones issued
     * before.
     */
    default String kindOf(String credentialId) {
        return "credential";
    }

    /** What a job gets that asks for a token of a user: unless said otherwise the credential that is issued, if any is. */
    default TokenOffer tokens(Connection connection) {
        return issuer(connection).isPresent()
                ? new TokenOffer.Issued()
                : new TokenOffer.None("This kind of deployment issues nothing.");
    }

    /** Empty where the bridge makes nothing at a tenant for its administrator. */
    default Optional<TenantSetup> setup() {
        return Optional.empty();
    }

    /** Empty where reads are not passed on. */
    default Optional<ContentRelay> relay() {
        return Optional.empty();
    }
}
