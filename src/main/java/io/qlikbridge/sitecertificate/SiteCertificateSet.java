package io.qlikbridge.sitecertificate;

import io.qlikbridge.vault.CannotOpen;
import io.qlikbridge.vault.Vault;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/** The certificates of a connection, ready for use. The private key is opened once, when it is first asked for. */
public final class SiteCertificateSet {

    private final KeptCertificates kept;
    private final Vault vault;
    private volatile @Nullable ClientKeys opened;

    SiteCertificateSet(KeptCertificates kept, Vault vault) {
        this.kept = kept;
        this.vault = vault;
    }

    /** Another one with every upload. */
    public UUID id() {
        return kept.id();
    }

    /** What the site's servers are checked against. */
    public X509Certificate root() {
        return kept.root();
    }

    /** Whether there is a certificate to sign in with. */
    public boolean hasClient() {
        return !kept.client().isEmpty();
    }

    /**
     * Presents the client's chain whatever issuers a server names; none where the root alone was uploaded.
     *
     * @throws UnusableSiteKey when the key cannot be opened
     */
    public KeyManager[] keyManagers() {
        return hasClient() ? new KeyManager[] {client()} : new KeyManager[0];
    }

    public SiteCertificatesView view() {
        return kept.view();
    }

    List<SiteCertificateTerm> terms() {
        return kept.terms();
    }

    private ClientKeys client() {
        ClientKeys known = opened;
        return known == null ? open() : known;
    }

    private synchronized ClientKeys open() {
        ClientKeys known = opened;
        if (known == null) {
            known = read();
            opened = known;
        }
        return known;
    }

    private ClientKeys read() {
        byte[] pkcs8;
        try {
            pkcs8 = vault.open(Objects.requireNonNull(kept.pkcs8()), kept.place());
        } catch (CannotOpen shut) {
            throw UnusableSiteKey.shut(kept.connection(), shut);
        }
        try {
            return new ClientKeys(
                    kept.client(), KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException malformed) {
            throw UnusableSiteKey.damaged(kept.connection(), malformed);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "SiteCertificateSet[" + id() + "]";
    }
}
