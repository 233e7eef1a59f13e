package io.qlikbridge.keyfile;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;

/**
 * An upload that is not a private RSA key of use. The sentences are for an admin who uploads a signing key, and nothing of the
 * upload is in them; whoever reads a key for another purpose has the {@link #fault()} to say it in other words.
 */
public final class UnreadableKey extends BridgeException {

    /** What is wrong with it. */
    public enum Fault {
        EMPTY,
        GARBAGE,
        /** Something else than a private RSA key, which {@link UnreadableKey#thing()} names. */
        OTHER_THING,
        TRUNCATED,
        DAMAGED,
        SEVERAL,
        PASSPHRASE_MISSING,
        PASSPHRASE_WRONG,
        ENCRYPTION_UNKNOWN,
        ENCRYPTION_TOO_COSTLY,
        INCONSISTENT,
        UNSUPPORTED,
        TOO_WEAK
    }

    private static final String WANTED =
            " A private RSA key is wanted, in PEM or DER, such as openssl genpkey -algorithm RSA -pkeyopt"
                    + " rsa_keygen_bits:4096 makes.";

    private final Fault fault;
    private final String thing;

    private UnreadableKey(ProblemCode code, Fault fault, String thing, String detail) {
        super(code, detail);
        this.fault = fault;
        this.thing = thing;
    }

    public Fault fault() {
        return fault;
    }

    /** What the upload is instead, with its article, such as {@code an EC key}; empty for another fault. */
    public String thing() {
        return thing;
    }

    static UnreadableKey empty() {
        return because(Fault.EMPTY, "The upload is empty." + WANTED);
    }

    static UnreadableKey garbage() {
        return because(Fault.GARBAGE, "The upload is neither PEM nor DER nor a JWK." + WANTED);
    }

    /** @param what with its article, such as {@code a certificate} */
    static UnreadableKey instead(String what) {
        return new UnreadableKey(
                ProblemCode.SIGNING_KEY_UNREADABLE, Fault.OTHER_THING, what, "The upload is " + what + "." + WANTED);
    }

    static UnreadableKey truncated() {
        return because(
                Fault.TRUNCATED,
                "The upload is truncated: its last line, -----END …-----, is missing. Send the whole file.");
    }

    static UnreadableKey damaged() {
        return because(
                Fault.DAMAGED,
                "The key is truncated or damaged: its content is not that of a private key. Send the file again.");
    }

    static UnreadableKey notBase64() {
        return because(
                Fault.DAMAGED,
                "The key is truncated or damaged: between its first line and its last stands something that is no"
                        + " base64. Send the file as it is, without an editor in between.");
    }

    /** @param announced how many bytes the key says it has (X.690, section 8.1.3) */
    static UnreadableKey otherLength(long announced, int present) {
        return because(
                Fault.DAMAGED,
                "The key is truncated or damaged: it should have " + announced + " bytes and has " + present
                        + ", so a part of it "
                        + (present < announced ? "is missing" : "is there that does not belong to it")
                        + ". Send the whole file.");
    }

    static UnreadableKey several() {
        return because(Fault.SEVERAL, "The upload holds more than one private key. Send the file of one key.");
    }

    static UnreadableKey passphraseMissing() {
        return because(
                Fault.PASSPHRASE_MISSING,
                "The key is encrypted and its passphrase is missing. Send it as multipart/form-data, with the key in"
                        + " the field file and the passphrase in the field passphrase.");
    }

    static UnreadableKey passphraseWrong() {
        return because(
                Fault.PASSPHRASE_WRONG, "The passphrase does not open the key: it is wrong, or the file is damaged.");
    }

    static UnreadableKey encryptionUnknown() {
        return because(
                Fault.ENCRYPTION_UNKNOWN,
                "The key is encrypted in a way that is not known here. Convert it with openssl pkcs8 -topk8 -v2"
                        + " aes-256-cbc.");
    }

    static UnreadableKey encryptionTooCostly() {
        return because(
                Fault.ENCRYPTION_TOO_COSTLY,
                "The key is encrypted with more rounds of key derivation than the bridge is willing to do. Convert it"
                        + " with openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000.");
    }

    static UnreadableKey inconsistent() {
        return because(
                Fault.INCONSISTENT,
                "The numbers of the RSA key do not belong together: the file is damaged, or holds only a part of the"
                        + " key. Send the file again, or make a new key.");
    }

    static UnreadableKey unsupported(String what) {
        return because(
                Fault.UNSUPPORTED,
                "The key is an RSA key " + what + ". Make a key of 2048 to 16384 bits with the usual exponent 65537.");
    }

    static UnreadableKey tooWeak(int bits, int least) {
        return new UnreadableKey(
                ProblemCode.SIGNING_KEY_TOO_WEAK,
                Fault.TOO_WEAK,
                "",
                "The RSA key has " + bits + " bits; at least " + least + " are needed, and 4096 are usual.");
    }

    private static UnreadableKey because(Fault fault, String detail) {
        return new UnreadableKey(ProblemCode.SIGNING_KEY_UNREADABLE, fault, "", detail);
    }
}
