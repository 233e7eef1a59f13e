package io.qlikbridge.passthrough;

import io.qlikbridge.bench.ItemsPage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
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

/** Pages of items whose links are made to lead to the bridge, a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LinkRewritingBenchmark {

    private static final String TENANT = "https://tenant.eu.qlikcloud.com";

    /** How the page comes: in pieces of so many bytes. */
    @Param({"16384", "1460"})
    public int piece;

    private byte[] page;

    @Setup
    public void makePage() {
        page = ItemsPage.of(TENANT);
    }

    @Benchmark
    public void rewrite() throws IOException {
        LinkRewriter rewriter = new LinkRewriter(links());
        CoalescingStream out = new CoalescingStream(OutputStream.nullOutputStream(), 16 * 1024);
        for (int from = 0; from < page.length; from += piece) {
            rewriter.push(page, from, Math.min(page.length, from + piece), out);
        }
        rewriter.finish(out);
        out.drain();
    }

    /** The same byte after byte, as the tests compare it. */
    @Benchmark
    public void rewriteByBytes() throws IOException {
        PlainLinkRewriter rewriter = new PlainLinkRewriter(links());
        CoalescingStream out = new CoalescingStream(OutputStream.nullOutputStream(), 16 * 1024);
        for (int from = 0; from < page.length; from += piece) {
            rewriter.push(page, from, Math.min(page.length, from + piece), out);
        }
        rewriter.finish(out);
        out.drain();
    }

    private static BridgeLinks links() {
        return new BridgeLinks(URI.create(TENANT), "https://bridge.example.org/qlik/main", "/qlik/main");
    }
}
