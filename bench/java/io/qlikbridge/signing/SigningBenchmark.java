package io.qlikbridge.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Assertions signed, and access tokens verified, a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SigningBenchmark {

    /** What the others are compared with. */
    public static final String JDK = "JDK";

    /** The class of each; none for the JDK's own. By name, since not every platform has Corretto's. */
    public static final Map<String, String> PROVIDERS = Map.of(
            JDK,
            "",
            "BouncyCastle",
            "org.bouncycastle.jce.provider.BouncyCastleProvider",
            "Corretto",
            "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");

    private static final Map<String, Object> CLAIMS = Map.ofEntries(
            Map.entry("iss", "https://bridge.example.org"),
            Map.entry("aud", "qlik.api/login/jwt-session"),
            Map.entry("sub", "hr|4711"),
            Map.entry("subType", "user"),
            Map.entry("name", "Ada Example"),
            Map.entry("email", "ada@example.org"),
            Map.entry("email_verified", true),
            Map.entry("groups", List.of("Finance", "Controlling")),
            Map.entry("jti", "0198f3c2-7a1b-7c3d-9e4f-5a6b7c8d9e0f"),
            Map.entry("iat", 1_760_000_000),
            Map.entry("nbf", 1_760_000_000),
            Map.entry("exp", 1_760_000_060));

    @Param({"JDK", "BouncyCastle", "Corretto"})
    public String provider;

    @Param({"2048", "4096"})
    public int bits;

    private RSASSASigner signer;
    private RSASSAVerifier verifier;
    private String token;

    @Setup
    public void makeKey() throws GeneralSecurityException, ReflectiveOperationException, JOSEException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        Provider chosen = made(PROVIDERS.get(provider));
        KeyFactory keys = chosen == null ? KeyFactory.getInstance("RSA") : KeyFactory.getInstance("RSA", chosen);
        signer = new RSASSASigner(
                keys.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded())));
        verifier = new RSASSAVerifier((RSAPublicKey)
                keys.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())));
        if (chosen != null) {
            signer.getJCAContext().setProvider(chosen);
            verifier.getJCAContext().setProvider(chosen);
        }
        token = sign();
    }

    @Benchmark
    public String sign() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID("bridge-1")
                .build();
        JWSObject assertion = new JWSObject(header, new Payload(CLAIMS));
        assertion.sign(signer);
        return assertion.serialize();
    }

    @Benchmark
    public boolean verify() throws JOSEException, ParseException {
        return JWSObject.parse(token).verify(verifier);
    }

    /** Those of {@link #PROVIDERS} that sign here. */
    public static List<String> available() {
        return PROVIDERS.keySet().stream()
                .filter(SigningBenchmark::signs)
                .sorted()
                .toList();
    }

    private static boolean signs(String name) {
        try {
            Provider provider = made(PROVIDERS.get(name));
            return provider == null || Signature.getInstance("SHA256withRSA", provider) != null;
        } catch (ReflectiveOperationException | GeneralSecurityException | LinkageError missing) {
            return false;
        }
    }

    private static Provider made(String name) throws ReflectiveOperationException {
        return name.isEmpty()
                ? null
                : (Provider) Class.forName(name).getConstructor().newInstance();
    }
}
