package io.qlikbridge.sitefile;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an admin uploads of a site: PKCS#12 with and without password, in today's and in old encryption; PEM with PKCS#8,
 * encrypted PKCS#8 and PKCS#1; DER. Everything that is not of use is {@code certificate-unreadable}, with a sentence of its own.
 */
public final class SiteFiles {

    private SiteFiles() {}

    /**
     * What was uploaded, found good.
     *
     * @param upload with {@code root}; not wiped
     * @param now when the certificates have to be valid
     */
    public static SiteIdentity read(SiteUpload upload, Instant now) {
        if (upload.root() == null) {
            throw new IllegalArgumentException("An upload has the root's certificate");
        }
        ClientFile file = upload.hasClient() ? ClientFile.read(upload) : null;
        List<X509Certificate> chain = file == null ? List.of() : ClientChain.of(file);
        X509Certificate root = RootFile.root(upload.root(), chain);
        if (file != null) {
            ClientChain.refuseUnlessIssuedBy(root, chain);
            Validity.check("client certificate", chain.getFirst(), now);
        }
        Validity.check("root's certificate", root, now);
        return new SiteIdentity(client(file, chain), root);
    }

    private static @Nullable ClientIdentity client(@Nullable ClientFile file, List<X509Certificate> chain) {
        return file == null ? null : new ClientIdentity(chain, file.presentKey());
    }
}
