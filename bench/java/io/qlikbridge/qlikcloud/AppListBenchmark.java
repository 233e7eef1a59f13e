package io.qlikbridge.qlikcloud;

import io.qlikbridge.bench.ItemsPage;
import io.qlikbridge.paging.Page;
import io.qlikbridge.received.CopiedJson;
import io.qlikbridge.upstream.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
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
import tools.jackson.databind.json.JsonMapper;

/** Pages of items made a list of apps, a second: by a tree and the mapper, and by a scan. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppListBenchmark {

    @Param("https://tenant.eu.qlikcloud.com")
    public String tenant;

    private JsonMapper json;
    private byte[] page;

    @Setup
    public void makePage() throws IOException {
        json = JsonMapper.builder().build();
        page = ItemsPage.of(tenant);
        CopiedJson scanned = scan();
        if (!Arrays.equals(byTree(), Arrays.copyOf(scanned.bytes(), scanned.length()))) {
            throw new IllegalStateException("The scan makes another list of the page");
        }
    }

    @Benchmark
    public byte[] byTree() throws IOException {
        CloudApps.Listed listed = CloudApps.listed(
                Excerpt.of(new ByteArrayInputStream(page), CloudApps.PAGE, null).object(), null);
        return json.writeValueAsBytes(new Page<>(listed.apps(), listed.next()));
    }

    /** Nothing of it may be declined. */
    @Benchmark
    public CopiedJson scan() {
        return AppScan.list(page, 0, page.length, null);
    }
}
