package io.qlikbridge.keyfile;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;

/** An RSA key that is whole, of 1024 bits at least, and signs what its public part verifies. */
public record RsaKey(RSAPrivateCrtKey privateKey, RSAPublicKey publicKey) {

    private static final int LEAST_BITS = 1024; // fewer are refused in certificates (jdk.certpath.disabledAlgorithms)
    private static final int MOST_BITS = 16384; // beyond, a signature takes seconds, and the JDK refuses
    private static final int MOST_EXPONENT_BITS = 64;

    /** {@code signing-key-too-weak} below 1024 bits, {@code signing-key-unreadable} when it is not whole. */
    static RsaKey of(RSAPrivateKey numbers) {
        int bits = numbers.getModulus().bitLength();
        if (numbers.getModulus().signum() <= 0) {
            throw UnreadableKey.inconsistent();
        }
        if (bits < LEAST_BITS) {
            throw UnreadableKey.tooWeak(bits, PrivateKeyReader.LEAST_BITS);
        }
        if (bits > MOST_BITS) {
            throw UnreadableKey.unsupported("of more than " + MOST_BITS + " bits");
        }
        if (numbers.getPublicExponent().bitLength() > MOST_EXPONENT_BITS) {
            throw UnreadableKey.unsupported("with an unusually large public exponent");
        }
        if (!isWhole(numbers)) {
            throw UnreadableKey.inconsistent();
        }
        try {
            return proved(numbers);
        } catch (GeneralSecurityException notAKey) {
            throw UnreadableKey.inconsistent();
        }
    }

    /** A new key with the exponent 65537. */
    public static RsaKey generate(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return new RsaKey((RSAPrivateCrtKey) pair.getPrivate(), (RSAPublicKey) pair.getPublic());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("RSA is not available", impossible);
        }
    }

    public int bits() {
        return publicKey.getModulus().bitLength();
    }

    /** The equations of RFC 8017, section 3.2, for two primes. */
    private static boolean isWhole(RSAPrivateKey key) {
        BigInteger p = key.getPrime1();
        BigInteger q = key.getPrime2();
        if (p.compareTo(BigInteger.ONE) <= 0 || q.compareTo(BigInteger.ONE) <= 0) {
            return false;
        }
        BigInteger e = key.getPublicExponent();
        BigInteger d = key.getPrivateExponent();
        BigInteger p1 = p.subtract(BigInteger.ONE);
        BigInteger q1 = q.subtract(BigInteger.ONE);
        return e.compareTo(BigInteger.TWO) > 0
                && d.signum() > 0
                && d.compareTo(key.getModulus()) < 0
                && p.multiply(q).equals(key.getModulus())
                && e.multiply(d).mod(p1).equals(BigInteger.ONE)
                && e.multiply(d).mod(q1).equals(BigInteger.ONE)
                && key.getExponent1().equals(d.mod(p1))
                && key.getExponent2().equals(d.mod(q1))
                && key.getCoefficient().multiply(q).mod(p).equals(BigInteger.ONE);
    }

    private static RsaKey proved(RSAPrivateKey numbers) throws GeneralSecurityException {
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        RsaKey key = new RsaKey(
                (RSAPrivateCrtKey) rsa.generatePrivate(new RSAPrivateCrtKeySpec(
                        numbers.getModulus(),
                        numbers.getPublicExponent(),
                        numbers.getPrivateExponent(),
                        numbers.getPrime1(),
                        numbers.getPrime2(),
                        numbers.getExponent1(),
                        numbers.getExponent2(),
                        numbers.getCoefficient())),
                (RSAPublicKey)
                        rsa.generatePublic(new RSAPublicKeySpec(numbers.getModulus(), numbers.getPublicExponent())));
        if (!key.signsWhatItVerifies()) {
            throw UnreadableKey.inconsistent();
        }
        return key;
    }

    /** Notices what the equations cannot: a factor that is not prime. */
    private boolean signsWhatItVerifies() throws GeneralSecurityException {
        byte[] probe = new byte[32];
        new SecureRandom().nextBytes(probe);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(privateKey);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(probe);
        return signature.verify(signed);
    }

    @Override
    public String toString() {
        return "RsaKey[bits=" + bits() + "]";
    }
}
