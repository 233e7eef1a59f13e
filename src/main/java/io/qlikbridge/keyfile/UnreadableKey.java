package io.qlikbridge.keyfile;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;

/** The sentences for uploads that are not a private RSA key. Nothing of the upload is in them. */
final class UnreadableKey {

    private static final String WANTED =
            " A private RSA key is wanted, in PEM or DER, such as openssl genpkey -algorithm RSA -pkeyopt"
                    + " rsa_keygen_bits:4096 makes.";

    private UnreadableKey() {}

    static BridgeException empty() {
        return because("The upload is empty." + WANTED);
    }

    static BridgeException garbage() {
        return because("The upload is neither PEM nor DER nor a JWK." + WANTED);
    }

    /** @param what with its article, such as {@code a certificate} */
    static BridgeException instead(String what) {
        return because("The upload is " + what + "." + WANTED);
    }

    static BridgeException truncated() {
        return because("The upload is truncated: its last line, -----END …-----, is missing. Send the whole file.");
    }

    static BridgeException damaged() {
        return because(
                "The key is truncated or damaged: its content is not that of a private key. Send the file again.");
    }

    static BridgeException notBase64() {
        return because(
                "The key is truncated or damaged: between its first line and its last stands something that is no"
                        + " base64. Send the file as it is, without an editor in between.");
    }

    /** @param announced how many bytes the key says it has (X.690, section 8.1.3) */
    static BridgeException otherLength(long announced, int present) {
        return because("The key is truncated or damaged: it should have " + announced + " bytes and has " + present
                + ", so a part of it " + (present < announced ? "is missing" : "is there that does not belong to it")
                + ". Send the whole file.");
    }

    static BridgeException several() {
        return because("The upload holds more than one private key. Send the file of one key.");
    }

    static BridgeException passphraseMissing() {
        return because(
                "The key is encrypted and its passphrase is missing. Send it as multipart/form-data, with the key in"
                        + " the field file and the passphrase in the field passphrase.");
    }

    static BridgeException passphraseWrong() {
        return because("The passphrase does not open the key: it is wrong, or the file is damaged.");
    }

    static BridgeException encryptionUnknown() {
        return because("The key is encrypted in a way that is not known here. Convert it with openssl pkcs8 -topk8 -v2"
                + " aes-256-cbc.");
    }

    static BridgeException encryptionTooCostly() {
        return because(
                "The key is encrypted with more rounds of key derivation than the bridge is willing to do. Convert it"
                        + " with openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000.");
    }

    static BridgeException inconsistent() {
        return because(
                "The numbers of the RSA key do not belong together: the file is damaged, or holds only a part of the"
                        + " key. Send the file again, or make a new key.");
    }

    static BridgeException unsupported(String what) {
        return because(
                "The key is an RSA key " + what + ". Make a key of 2048 to 16384 bits with the usual exponent 65537.");
    }

    private static BridgeException because(String detail) {
        return new BridgeException(ProblemCode.SIGNING_KEY_UNREADABLE, detail);
    }
}
