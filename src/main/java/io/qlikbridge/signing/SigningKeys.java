package io.qlikbridge.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.X509CertUtils;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.vault.CannotOpen;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The keys that sign assertions, one active for each connection. */
@Component
public class SigningKeys {

    private static final Duration CHANGED_RETRY_AFTER = Duration.ofSeconds(1);

    private final Connections connections;
    private final SigningKeyStore store;
    private final CertificateStore certificates;
    private final Signers signers;
    private final Clock clock;

    SigningKeys(
            Connections connections,
            SigningKeyStore store,
            CertificateStore certificates,
            Signers signers,
            Clock clock) {
        this.connections = connections;
        this.store = store;
        this.certificates = certificates;
        this.signers = signers;
        this.clock = clock;
    }

    /**
     * Signs with the connection's active key. The header says {@code alg} RS256, {@code typ} JWT and the key's {@code kid};
     * {@code signing-key-missing} when there is no active key.
     *
     * <p>An assertion is good at every tenant that has the key's certificate. So nothing is signed for a host that the
     * connection does not lead to at this moment ({@code conflict}), nor with settings that it no longer has ({@code
     * too-busy}), however old what the caller has read of it.
     *
     * @param addressee the connection, and who will be sent the assertion
     * @param claims as JSON has them: texts, numbers, booleans, lists, maps
     */
    public Assertion sign(Connection addressee, Map<String, Object> claims) {
        return signers.sign(store.activeTowards(addressee).orElseThrow(() -> notSigned(addressee, null)), claims);
    }

    /** The same with a key by its id, whatever its state; {@code signing-key-not-found} when there is none. */
    public Assertion sign(Connection addressee, String kid, Map<String, Object> claims) {
        return signers.sign(store.towards(addressee, kid).orElseThrow(() -> notSigned(addressee, kid)), claims);
    }

    public Optional<SigningKeyView> active(ConnectionId connection) {
        return store.active(connection).map(SigningKey::view);
    }

    /** The key of this id, or {@code signing-key-not-found}. */
    public SigningKeyView of(ConnectionId connection, String kid) {
        return store.of(connection, kid).view();
    }

    /** Remembers that the tenant accepted just now what this key signed. */
    public void accepted(ConnectionId connection, String kid) {
        certificates.accepted(connection, kid, clock.instant());
    }

    /**
     * The same of the active key, with which somebody is signed in meanwhile. Of a key that was activated during that nothing is
     * remembered.
     */
    public <T> T acceptedBy(ConnectionId connection, Supplier<T> signIn) {
        Optional<String> before = active(connection).map(SigningKeyView::kid);
        T signedIn = signIn.get();
        active(connection)
                .map(SigningKeyView::kid)
                .filter(kid -> before.filter(kid::equals).isPresent())
                .ifPresent(kid -> accepted(connection, kid));
        return signedIn;
    }

    /**
     * Tries whether the certificate that the tenant was given verifies what the active key signs now;
     * {@code signing-key-missing} when there is no active key. Whether the certificate has ended is for others to see.
     *
     * @throws UnusableSigningKey when it does not, or when the key cannot be opened
     */
    public SigningKeyView tested(ConnectionId connection) {
        return tested(activeOf(connection));
    }

    /** The same for a key by its id, whatever its state; {@code signing-key-not-found} when there is none. */
    public SigningKeyView tested(ConnectionId connection, String kid) {
        return tested(store.of(connection, kid));
    }

    /** Why there is no key to sign with. */
    private BridgeException notSigned(Connection addressee, @Nullable String kid) {
        Connection now = connections.of(addressee.id());
        if (!now.host().equals(addressee.host())) {
            return new BridgeException(
                    ProblemCode.CONFLICT,
                    "The connection " + now.id() + " leads to " + now.host() + ", and nobody is signed in at "
                            + addressee.host()
                            + ", where it led before: what is signed for one could be used at the other."
                            + " What is left there ends when it expires, or after the connection was pointed back there.");
        }
        if (kid == null) {
            activeOf(now.id());
        } else {
            store.of(now.id(), kid);
        }
        return new BridgeException(
                ProblemCode.TOO_BUSY,
                "The connection " + now.id() + " was changed just now. Ask again.",
                null,
                CHANGED_RETRY_AFTER,
                null);
    }

    private SigningKeyView tested(SigningKey key) {
        try {
            if (!verifies(key, signers.sign(key, Map.of("probe", true)))) {
                throw UnusableSigningKey.notOfItsCertificate(key.kid());
            }
        } catch (CannotOpen shut) {
            throw UnusableSigningKey.shut(key.kid(), shut);
        } catch (JOSEException | ParseException failed) {
            throw UnusableSigningKey.damaged(key.kid(), failed);
        }
        return key.view();
    }

    private static boolean verifies(SigningKey key, Assertion probe) throws JOSEException, ParseException {
        X509Certificate certificate = X509CertUtils.parse(key.certificate());
        return certificate != null
                && certificate.getPublicKey() instanceof RSAPublicKey publicKey
                && JWSObject.parse(probe.value()).verify(new RSASSAVerifier(publicKey));
    }

    private SigningKey activeOf(ConnectionId connection) {
        return store.active(connection)
                .orElseThrow(() -> new BridgeException(
                        ProblemCode.SIGNING_KEY_MISSING,
                        "The connection " + connection + " has no active signing key. Upload or generate one with POST"
                                + " /api/v1/connections/" + connection + "/signing-keys."));
    }
}
