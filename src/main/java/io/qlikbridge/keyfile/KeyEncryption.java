package io.qlikbridge.keyfile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMDecryptorProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/** Opens uploaded keys that a passphrase protects, at a bounded cost. */
final class KeyEncryption {

    /** Some seconds of one processor; openssl's own default is 2048. */
    private static final BigInteger MOST_ROUNDS = BigInteger.valueOf(5_000_000);

    /** Of scrypt's N × r × p (RFC 7914); openssl's own default is 2^17. */
    private static final BigInteger MOST_SCRYPT_WORK = BigInteger.TWO.pow(20);

    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private KeyEncryption() {}

    /** Encrypted PKCS#8 (RFC 5958), with PBES2 or the older schemes of PKCS#5 and PKCS#12. */
    static PrivateKeyInfo open(EncryptedPrivateKeyInfo sealed, char @Nullable [] passphrase) {
        List<char[]> spellings = spellings(passphrase);
        refuseCostly(sealed.getEncryptionAlgorithm());
        for (char[] spelling : spellings) {
            InputDecryptor decryptor = decryptor(sealed.getEncryptionAlgorithm(), spelling);
            try (InputStream opened = decryptor.getInputStream(new ByteArrayInputStream(sealed.getEncryptedData()))) {
                return PrivateKeyInfo.getInstance(opened.readAllBytes());
            } catch (IOException | RuntimeException notAKey) {
                continue;
            }
        }
        throw UnreadableKey.passphraseWrong();
    }

    /** OpenSSL's encryption of PKCS#1 in PEM, with {@code Proc-Type} and {@code DEK-Info} (RFC 1421). */
    static PrivateKeyInfo openLegacy(String pem, char @Nullable [] passphrase) {
        for (char[] spelling : spellings(passphrase)) {
            try (PEMParser parser = new PEMParser(new StringReader(pem))) {
                if (parser.readObject() instanceof PEMEncryptedKeyPair sealed) {
                    PEMDecryptorProvider decryptor = new JcePEMDecryptorProviderBuilder()
                            .setProvider(BOUNCY_CASTLE)
                            .build(spelling);
                    return sealed.decryptKeyPair(decryptor).getPrivateKeyInfo();
                }
            } catch (IOException | RuntimeException notAKey) {
                continue;
            }
        }
        throw UnreadableKey.passphraseWrong();
    }

    /**
     * The passphrase as it is, and with each byte of its UTF-8 as a character. OpenSSL uses those bytes; Bouncy Castle makes
     * them itself for some schemes, and takes the low byte of each character for others.
     */
    private static List<char[]> spellings(char @Nullable [] passphrase) {
        char[] characters = required(passphrase);
        char[] bytes = asBytes(characters);
        return Arrays.equals(characters, bytes) ? List.of(characters) : List.of(characters, bytes);
    }

    private static char[] required(char @Nullable [] passphrase) {
        if (passphrase == null || passphrase.length == 0) {
            throw UnreadableKey.passphraseMissing();
        }
        return passphrase;
    }

    private static InputDecryptor decryptor(AlgorithmIdentifier algorithm, char[] passphrase) {
        try {
            return new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(BOUNCY_CASTLE)
                    .build(passphrase)
                    .get(algorithm);
        } catch (OperatorCreationException | RuntimeException unknown) {
            throw UnreadableKey.encryptionUnknown();
        }
    }

    private static void refuseCostly(AlgorithmIdentifier algorithm) {
        boolean bearable;
        try {
            bearable = isBearable(algorithm);
        } catch (RuntimeException malformed) {
            throw UnreadableKey.encryptionUnknown();
        }
        if (!bearable) {
            throw UnreadableKey.encryptionTooCostly();
        }
    }

    private static boolean isBearable(AlgorithmIdentifier algorithm) {
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            return atMost(
                    MOST_ROUNDS,
                    PKCS12PBEParams.getInstance(algorithm.getParameters()).getIterations());
        }
        KeyDerivationFunc derivation =
                PBES2Parameters.getInstance(algorithm.getParameters()).getKeyDerivationFunc();
        if (derivation.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)) {
            ScryptParams scrypt = ScryptParams.getInstance(derivation.getParameters());
            return atMost(
                    MOST_SCRYPT_WORK,
                    scrypt.getCostParameter()
                            .multiply(scrypt.getBlockSize())
                            .multiply(scrypt.getParallelizationParameter()));
        }
        return atMost(
                MOST_ROUNDS,
                PBKDF2Params.getInstance(derivation.getParameters()).getIterationCount());
    }

    private static boolean atMost(BigInteger most, BigInteger cost) {
        return cost.compareTo(most) <= 0;
    }

    private static char[] asBytes(char[] passphrase) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        CharBuffer characters = StandardCharsets.ISO_8859_1.decode(bytes);
        char[] exact = new char[characters.remaining()];
        characters.get(exact);
        return exact;
    }
}
