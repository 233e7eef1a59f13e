package io.qlikbridge.sitefile;

import io.qlikbridge.keyfile.UnreadableKey;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;

/** The sentences for files that cannot be read, or are not what their field is for. Nothing secret of the upload is in them. */
final class UnusableSiteFile {

    private UnusableSiteFile() {}

    static BridgeException empty(SiteField field) {
        return because(in(field) + " is empty. Send " + field.file() + " as the site exported it.");
    }

    static BridgeException garbage(SiteField field) {
        return because(
                in(field) + " is neither PEM nor DER nor PKCS#12. Send " + field.file() + " as the site exported it.");
    }

    static BridgeException truncated(SiteField field) {
        return because(in(field) + " is truncated: its end is missing. Send the whole file.");
    }

    static BridgeException damaged(SiteField field) {
        return because(in(field) + " is truncated or damaged: its content cannot be read. Send the file again, as the"
                + " site exported it.");
    }

    /** @param what with its article, such as {@code a public key} */
    static BridgeException instead(SiteField field, String what) {
        return because(in(field) + " is " + what + ". Send " + field.file() + " as the site exported it.");
    }

    static BridgeException keyStore(SiteField field) {
        return because(in(field) + " is a key store of Java. Convert it with keytool -importkeystore -deststoretype"
                + " pkcs12, and send that in the field pfx.");
    }

    static BridgeException pkcs7(SiteField field) {
        return because(in(field) + " is a PKCS#7 collection of certificates (.p7b). Take them out with openssl pkcs7"
                + " -print_certs, and send them as PEM.");
    }

    static BridgeException pfxElsewhere(SiteField field) {
        return because(
                field == SiteField.ROOT
                        ? in(field) + " is PKCS#12, as client.pfx is. Send that in the field pfx, and the root's"
                                + " certificate alone in root: root.cer or root.pem."
                        : in(field) + " is PKCS#12, as client.pfx is. Send it in the field pfx, without client and"
                                + " clientKey.");
    }

    static BridgeException pemAsPfx() {
        return because("The file in the field pfx is PEM. Send the certificate in the field client and its private key"
                + " in clientKey, or client.pfx in pfx.");
    }

    static BridgeException certificateAsPfx() {
        return because("The file in the field pfx is a certificate alone, as root.cer is. Send client.pfx in pfx, and"
                + " the root's certificate in the field root.");
    }

    static BridgeException keyAsPfx() {
        return because("The file in the field pfx is a private key alone. Send it in the field clientKey and its"
                + " certificate in client, or client.pfx in pfx.");
    }

    static BridgeException keyWithoutCertificate() {
        return because("The field client holds a private key and no certificate. Send the client's certificate in it:"
                + " client.pem; the private key belongs into the field clientKey.");
    }

    static BridgeException certificateWithoutKey() {
        return because(
                "The field clientKey holds a certificate and no private key. Send client_key.pem in it; where the"
                        + " site's export has none, it was made without the secret key: export again, with the secret key.");
    }

    static BridgeException keyAsRoot() {
        return because("The file in the field root holds a private key. Send the root's certificate alone: root.cer or"
                + " root.pem.");
    }

    static BridgeException noCertificate(SiteField field) {
        return because(in(field) + " holds no certificate. Send " + field.file() + " as the site exported it.");
    }

    static BridgeException clientMissing() {
        return because("The private key came without the client's certificate. Send that in the field client:"
                + " client.pem.");
    }

    static BridgeException withoutSecretKey(SiteField field) {
        String remedy = field == SiteField.PFX
                ? " Export again, with the secret key."
                : " Send it in the field clientKey: client_key.pem. Where the site's export has none, it was made without"
                        + " the secret key: export again, with the secret key.";
        return because(in(field) + " holds the certificate without its private key." + remedy);
    }

    static BridgeException severalKeys(SiteField field) {
        return because(in(field) + " holds more than one private key. Send the file of the client's alone.");
    }

    static BridgeException passphraseMissing(SiteField field) {
        return because(in(field) + " is encrypted. Send the password that was set at the export in the field"
                + " passphrase.");
    }

    static BridgeException passphraseWrong(SiteField field) {
        return because("The passphrase does not open the file in the field " + field.field()
                + ": it is wrong, or the file is damaged. It is the password that was set at the export.");
    }

    static BridgeException encryptionUnknown(SiteField field) {
        return because(in(field) + " is encrypted in a way that is not known here. Export it again, or convert it with "
                + converter(field) + ".");
    }

    static BridgeException encryptionTooCostly(SiteField field) {
        return because(in(field) + " is encrypted with more rounds of key derivation than the bridge is willing to do."
                + " Export it again, or convert it with " + converter(field) + ".");
    }

    /** What is wrong with a private key, to somebody who knows of no signing keys. */
    static BridgeException key(SiteField field, UnreadableKey refusal) {
        return switch (refusal.fault()) {
            case EMPTY -> empty(field);
            case GARBAGE -> garbage(field);
            case OTHER_THING ->
                because(in(field) + " is " + refusal.thing()
                        + ". The private RSA key of the client's certificate is wanted:" + " client_key.pem.");
            case TRUNCATED -> truncated(field);
            case DAMAGED -> damaged(field);
            case SEVERAL -> severalKeys(field);
            case PASSPHRASE_MISSING -> passphraseMissing(field);
            case PASSPHRASE_WRONG -> passphraseWrong(field);
            case ENCRYPTION_UNKNOWN -> encryptionUnknown(field);
            case ENCRYPTION_TOO_COSTLY -> encryptionTooCostly(field);
            case INCONSISTENT ->
                because("The numbers of the private key in the field " + field.field()
                        + " do not belong together: the file is damaged. Send it again, as the site exported it.");
            case UNSUPPORTED ->
                because("The private key in the field " + field.field()
                        + " is RSA of an unusual size. Have the site make its"
                        + " certificates anew, and export them again.");
            case TOO_WEAK ->
                because("The private key in the field " + field.field()
                        + " has fewer than 1024 bits, which TLS refuses here."
                        + " Have the site make its certificates anew, and export them again.");
        };
    }

    private static String converter(SiteField field) {
        return field == SiteField.PFX
                ? "openssl pkcs12 to PEM and back to PKCS#12"
                : "openssl pkcs8 -topk8 -v2 aes-256-cbc";
    }

    private static String in(SiteField field) {
        return "The file in the field " + field.field();
    }

    static BridgeException because(String detail) {
        return new BridgeException(ProblemCode.CERTIFICATE_UNREADABLE, detail);
    }
}
