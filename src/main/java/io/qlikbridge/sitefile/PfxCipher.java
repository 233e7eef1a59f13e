package io.qlikbridge.sitefile;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.RC2ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the parts of one PKCS#12 file: PBES2 (RFC 8018) with AES or Triple-DES, and the schemes of PKCS#12 itself (RFC 7292,
 * appendix C) with Triple-DES or RC2. Its cost is bounded for the whole file.
 */
final class PfxCipher {

    /** Some seconds of one processor; openssl's own default is 2048. */
    private static final BigInteger MOST_ROUNDS = BigInteger.valueOf(5_000_000);

    private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> DIGESTS = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, SHA1Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA224, SHA224Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA256, SHA256Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA384, SHA384Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA512, SHA512Digest::new);

    /** Of PBES2. */
    private static final Map<ASN1ObjectIdentifier, Scheme> SCHEMES = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, new Scheme("AES", 128),
            NISTObjectIdentifiers.id_aes192_CBC, new Scheme("AES", 192),
            NISTObjectIdentifiers.id_aes256_CBC, new Scheme("AES", 256),
            PKCSObjectIdentifiers.des_EDE3_CBC, new Scheme("DESede", 192));

    private static final Map<ASN1ObjectIdentifier, Scheme> OLD_SCHEMES = Map.of(
            PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, new Scheme("DESede", 192),
            PKCSObjectIdentifiers.pbeWithSHAAnd2_KeyTripleDES_CBC, new Scheme("DESede", 128),
            PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC2_CBC, new Scheme("RC2", 128),
            PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC, new Scheme("RC2", 40));

    private static final int OLD_BLOCK_BITS = 64;

    private BigInteger rounds = BigInteger.ZERO;

    private record Scheme(String cipher, int bits) {}

    /** Whether anything of the file is encrypted. */
    boolean wasNeeded() {
        return rounds.signum() > 0;
    }

    /**
     * @throws GeneralSecurityException when the password is another one
     * @throws IllegalArgumentException or another unchecked one for malformed parameters
     */
    byte[] decrypt(AlgorithmIdentifier algorithm, byte[] content, PfxPassword password)
            throws GeneralSecurityException {
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            return decrypt(PBES2Parameters.getInstance(algorithm.getParameters()), content, password);
        }
        Scheme scheme = known(OLD_SCHEMES.get(algorithm.getAlgorithm()));
        PKCS12PBEParams parameters = PKCS12PBEParams.getInstance(algorithm.getParameters());
        PBEParametersGenerator generator = new PKCS12ParametersGenerator(new SHA1Digest());
        generator.init(password.utf16(), parameters.getIV(), spend(parameters.getIterations()));
        ParametersWithIV derived =
                (ParametersWithIV) generator.generateDerivedParameters(scheme.bits(), OLD_BLOCK_BITS);
        return run(scheme, ((KeyParameter) derived.getParameters()).getKey(), derived.getIV(), content);
    }

    private byte[] decrypt(PBES2Parameters parameters, byte[] content, PfxPassword password)
            throws GeneralSecurityException {
        Scheme scheme = known(SCHEMES.get(parameters.getEncryptionScheme().getAlgorithm()));
        if (!parameters.getKeyDerivationFunc().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
            throw UnusableSiteFile.encryptionUnknown(SiteField.PFX);
        }
        PBKDF2Params derivation =
                PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
        Supplier<Digest> digest = known(DIGESTS.get(derivation.getPrf().getAlgorithm()));
        PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(digest.get());
        generator.init(password.utf8(), derivation.getSalt(), spend(derivation.getIterationCount()));
        byte[] key = ((KeyParameter) generator.generateDerivedParameters(scheme.bits())).getKey();
        byte[] iv = ASN1OctetString.getInstance(parameters.getEncryptionScheme().getParameters())
                .getOctets();
        return run(scheme, key, iv, content);
    }

    private static byte[] run(Scheme scheme, byte[] key, byte[] iv, byte[] content) throws GeneralSecurityException {
        AlgorithmParameterSpec parameters =
                scheme.cipher().equals("RC2") ? new RC2ParameterSpec(scheme.bits(), iv) : new IvParameterSpec(iv);
        Cipher cipher = Cipher.getInstance(scheme.cipher() + "/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(whole(scheme, key), scheme.cipher()), parameters);
        return cipher.doFinal(content);
    }

    /** Triple-DES with two keys takes the first one again. */
    private static byte[] whole(Scheme scheme, byte[] key) {
        if (!scheme.cipher().equals("DESede") || key.length == 24) {
            return key;
        }
        byte[] whole = new byte[24];
        System.arraycopy(key, 0, whole, 0, 16);
        System.arraycopy(key, 0, whole, 16, 8);
        return whole;
    }

    private int spend(BigInteger count) {
        if (count.signum() <= 0) {
            throw new IllegalArgumentException("Keys are derived in one round at least");
        }
        rounds = rounds.add(count);
        if (rounds.compareTo(MOST_ROUNDS) > 0) {
            throw UnusableSiteFile.encryptionTooCostly(SiteField.PFX);
        }
        return count.intValueExact();
    }

    private static <T> T known(@Nullable T found) {
        if (found == null) {
            throw UnusableSiteFile.encryptionUnknown(SiteField.PFX);
        }
        return found;
    }
}
