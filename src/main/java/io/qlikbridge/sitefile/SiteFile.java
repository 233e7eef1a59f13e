package io.qlikbridge.sitefile;

import io.qlikbridge.keyfile.PemText;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.ReceivedText;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One file of an upload, known by its content and not by its name.
 *
 * @param certificates those in it, in their order; not those of PKCS#12, which opens with a passphrase
 * @param hasKey whether a private key is among what it holds, encrypted or not
 * @param bytes as they came, or what was wrapped in base64 as a whole
 */
record SiteFile(Form form, List<X509Certificate> certificates, boolean hasKey, byte[] bytes) {

    private static final Set<String> CERTIFICATES = Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");
    private static final Set<String> COLLECTIONS = Set.of("PKCS7", "PKCS #7 SIGNED DATA", "CMS");

    enum Form {
        PFX,
        DER,
        PEM
    }

    SiteFile {
        certificates = List.copyOf(certificates);
    }

    static SiteFile of(SiteField field, byte[] upload) {
        return of(field, upload, true);
    }

    /** @param wrapped whether the upload may be a file in base64 or hexadecimal as a whole */
    private static SiteFile of(SiteField field, byte[] upload, boolean wrapped) {
        if (DerFile.isDer(upload)) {
            return DerFile.read(field, upload);
        }
        if (DerFile.isKeyStore(upload)) {
            throw UnusableSiteFile.keyStore(field);
        }
        String text = ReceivedText.decode(upload);
        if (PlainText.trim(text).isEmpty()) {
            throw UnusableSiteFile.empty(field);
        }
        List<PemText.Block> blocks = PemText.blocks(text);
        if (!blocks.isEmpty()) {
            return fromPem(field, upload, blocks);
        }
        if (PemText.begins(text)) {
            throw UnusableSiteFile.truncated(field);
        }
        byte[] inside = wrapped ? PemText.unwrapped(text) : null;
        if (inside == null) {
            throw UnusableSiteFile.garbage(field);
        }
        return of(field, inside, false);
    }

    private static SiteFile fromPem(SiteField field, byte[] upload, List<PemText.Block> blocks) {
        List<X509Certificate> certificates = new ArrayList<>();
        boolean hasKey = false;
        for (PemText.Block block : blocks) {
            hasKey |= block.isPrivateKey();
            if (CERTIFICATES.contains(block.label())) {
                certificates.add(DerFile.certificate(field, content(field, block)));
            }
        }
        if (certificates.isEmpty() && !hasKey) {
            throw otherThing(field, blocks.getFirst());
        }
        return new SiteFile(Form.PEM, certificates, hasKey, upload);
    }

    private static byte[] content(SiteField field, PemText.Block block) {
        if (block.content() == null) {
            throw UnusableSiteFile.truncated(field);
        }
        byte[] content = PemText.base64(block.content());
        if (content == null) {
            throw UnusableSiteFile.damaged(field);
        }
        return content;
    }

    private static RuntimeException otherThing(SiteField field, PemText.Block block) {
        if (COLLECTIONS.contains(block.label())) {
            return UnusableSiteFile.pkcs7(field);
        }
        if (block.label().endsWith("PUBLIC KEY")) {
            return UnusableSiteFile.instead(field, "a public key");
        }
        if (block.label().endsWith("REQUEST")) {
            return UnusableSiteFile.instead(field, "a certificate request");
        }
        return UnusableSiteFile.noCertificate(field);
    }

    @Override
    public String toString() {
        return "SiteFile[" + form + "]";
    }
}
