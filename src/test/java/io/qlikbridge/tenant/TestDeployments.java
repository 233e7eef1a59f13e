package io.qlikbridge.tenant;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.subject.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Deployments for tests that have no context. */
public final class TestDeployments {

    private TestDeployments() {}

    /** Can be told to end credentials, which last for a day, and nothing else. */
    public static Deployments ending(CredentialRevoker revoker) {
        return issuing(new CredentialIssuer() {
            @Override
            public IssuedCredential issue(
                    Connection connection, Subject subject, String description, Runnable proceed) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Terms terms(Connection connection) {
                return new Terms(Duration.ofDays(1), Duration.ofDays(1), 2, true, "keys last a day", "ask for less");
            }

            @Override
            public Optional<CredentialRevoker> revoker() {
                return Optional.of(revoker);
            }
        });
    }

    private static Deployments issuing(CredentialIssuer issuer) {
        return new Deployments(List.of(new Deployment() {
            @Override
            public ConnectionType type() {
                return CloudSettings.TYPE;
            }

            @Override
            public AppCatalog catalog() {
                throw new UnsupportedOperationException();
            }

            @Override
            public ConnectionProbe probe() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<CredentialIssuer> issuer(Connection connection) {
                return Optional.of(issuer);
            }
        }));
    }
}
