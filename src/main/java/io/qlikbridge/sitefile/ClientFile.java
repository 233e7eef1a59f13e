package io.qlikbridge.sitefile;

import io.qlikbridge.keyfile.PrivateKeyReader;
import io.qlikbridge.keyfile.RsaKey;
import io.qlikbridge.keyfile.UnreadableKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was uploaded for the client, taken out of its files.
 *
 * @param field of the certificates
 * @param certificates the client's and others, in any order
 */
record ClientFile(
        SiteField field,
        List<X509Certificate> certificates,
        @Nullable RsaKey key) {

    ClientFile {
        certificates = List.copyOf(certificates);
    }

    /** @param upload with something of a client */
    static ClientFile read(SiteUpload upload) {
        ClientFile file = upload.pfx() == null ? fromPem(upload) : fromPfx(upload.pfx(), upload.passphrase());
        if (file.certificates.isEmpty()) {
            throw upload.client() == null && upload.pfx() == null
                    ? UnusableSiteFile.clientMissing()
                    : UnusableSiteFile.noCertificate(file.field);
        }
        if (file.key == null) {
            throw UnusableSiteFile.withoutSecretKey(file.field);
        }
        return file;
    }

    /** The private key, which is there once the file was read. */
    RsaKey presentKey() {
        return Objects.requireNonNull(key);
    }

    private static ClientFile fromPfx(byte[] upload, char @Nullable [] passphrase) {
        SiteFile file = SiteFile.of(SiteField.PFX, upload);
        return switch (file.form()) {
            case PFX -> PfxReader.read(file.bytes(), passphrase);
            case PEM -> throw UnusableSiteFile.pemAsPfx();
            case DER -> throw file.hasKey() ? UnusableSiteFile.keyAsPfx() : UnusableSiteFile.certificateAsPfx();
        };
    }

    private static ClientFile fromPem(SiteUpload upload) {
        SiteFile client = file(SiteField.CLIENT, upload.client());
        SiteFile clientKey = file(SiteField.CLIENT_KEY, upload.clientKey());
        if (client != null && client.certificates().isEmpty()) {
            throw UnusableSiteFile.keyWithoutCertificate();
        }
        if (clientKey != null && !clientKey.hasKey()) {
            throw UnusableSiteFile.certificateWithoutKey();
        }
        List<X509Certificate> certificates = new ArrayList<>();
        RsaKey key = null;
        if (client != null) {
            certificates.addAll(client.certificates());
        }
        if (clientKey != null) {
            certificates.addAll(clientKey.certificates());
            key = key(SiteField.CLIENT_KEY, clientKey, upload.passphrase());
        } else if (client != null && client.hasKey()) {
            key = key(SiteField.CLIENT, client, upload.passphrase());
        }
        return new ClientFile(client == null ? SiteField.CLIENT_KEY : SiteField.CLIENT, certificates, key);
    }

    private static @Nullable SiteFile file(SiteField field, byte @Nullable [] upload) {
        if (upload == null) {
            return null;
        }
        SiteFile file = SiteFile.of(field, upload);
        if (file.form() == SiteFile.Form.PFX) {
            throw UnusableSiteFile.pfxElsewhere(field);
        }
        return file;
    }

    private static RsaKey key(SiteField field, SiteFile file, char @Nullable [] passphrase) {
        try {
            return PrivateKeyReader.readAny(file.bytes(), passphrase);
        } catch (UnreadableKey refusal) {
            throw UnusableSiteFile.key(field, refusal);
        }
    }

    @Override
    public String toString() {
        return "ClientFile[" + field + "]";
    }
}
