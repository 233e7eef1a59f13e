package io.qlikbridge.qlikcloud;

import io.qlikbridge.received.Instants;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Instants of a tenant read a second, by hand and by Java. A page of apps has two or three for each app. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InstantsBenchmark {

    @Param("2026-04-01T00:00:00.123Z")
    public String text;

    @Benchmark
    public Instant byHand() {
        return Instants.parse(text);
    }

    @Benchmark
    public Instant byJava() {
        return OffsetDateTime.parse(text).toInstant();
    }
}
