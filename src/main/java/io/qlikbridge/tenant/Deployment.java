package io.qlikbridge.tenant;

import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.probe.ConnectionProbe;
import java.util.Optional;

/** One kind of Qlik deployment, and what it can do. Each adapter has one, which is found by its type. */
public interface Deployment {

    ConnectionType type();

    AppCatalog catalog();

    ConnectionProbe probe();

    /** Empty where nothing is issued: calls then name the subject, and are made without a credential. */
    default Optional<CredentialIssuer> issuer() {
        return Optional.empty();
    }

    /** Empty where reads are not passed on. */
    default Optional<ContentRelay> relay() {
        return Optional.empty();
    }
}
