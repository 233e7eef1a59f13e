package io.qlikbridge.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.X509CertUtils;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionSigningKeys;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.vault.CannotOpen;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The keys that sign assertions, one active for each connection. */
@Component
public class SigningKeys implements ConnectionSigningKeys {

    private final SigningKeyStore store;
    private final Signers signers;

    SigningKeys(SigningKeyStore store, Signers signers) {
        this.store = store;
        this.signers = signers;
    }

    /**
     * Signs with the connection's active key. The header says {@code alg} RS256, {@code typ} JWT and the key's {@code kid};
     * {@code signing-key-missing} when there is no active key.
     *
     * @param claims as JSON has them: texts, numbers, booleans, lists, maps
     */
    public Assertion sign(ConnectionId connection, Map<String, Object> claims) {
        return signers.sign(activeOf(connection), claims);
    }

    @Override
    public Optional<SigningKeyView> active(ConnectionId connection) {
        return store.active(connection).map(SigningKey::view);
    }

    /**
     * Tries whether the certificate that the tenant was given verifies what the active key signs now;
     * {@code signing-key-missing} when there is no active key. Whether the certificate has ended is for others to see.
     *
     * @throws UnusableSigningKey when it does not, or when the key cannot be opened
     */
    public SigningKeyView tested(ConnectionId connection) {
        SigningKey key = activeOf(connection);
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
