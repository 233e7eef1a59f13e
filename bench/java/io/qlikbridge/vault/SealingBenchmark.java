package io.qlikbridge.vault;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
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

/** Secrets as long as an API key, sealed and opened a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SealingBenchmark {

    private static final Place PLACE = Place.of("lease/0198f3c2-7a1b-7c3d-9e4f-5a6b7c8d9e0f");

    @Param("600")
    public int bytes;

    private byte[] secret;
    private Vault vault;
    private Sealed sealed;

    @Setup
    public void sealOne() {
        byte[] key = new byte[32];
        new Random(1).nextBytes(key);
        secret = new byte[bytes];
        new Random(2).nextBytes(secret);
        vault = new Vault(new KeyRing(List.of(new VaultKey("k1", new SecretKeySpec(key, "AES")))));
        sealed = vault.seal(secret, PLACE);
    }

    @Benchmark
    public Sealed seal() {
        return vault.seal(secret, PLACE);
    }

    @Benchmark
    public byte[] open() {
        return vault.open(sealed, PLACE);
    }
}
