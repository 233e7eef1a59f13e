package io.qlikbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.tenant.Background;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.trace.Spans;
import io.qlikbridge.transport.HttpClientPool;
import io.qlikbridge.transport.NameLookup;
import io.qlikbridge.transport.TenantProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/** How many calls are made, how often, and how long a tenant may hold them. */
class TenantHttpTests {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final int PLACES = 8;

    private final SimulatedTenant tenant = SimulatedTenant.start();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        callers.shutdownNow();
        for (AutoCloseable one : opened) {
            one.close();
        }
        tenant.close();
    }

    @Test
    void exchangeWhenRefusedForAShortWhileRepeatsOnce() {
        AtomicInteger refused = refusing(1, 1);
        TenantHttp http = http(Duration.ofSeconds(3));

        assertThat(http.exchange(read("ada")).status().value()).isEqualTo(401);

        assertThat(refused).hasValue(1);
        assertThat(tenant.calls("/api/v1/items")).hasSize(2);
    }

    @Test
    void outcomeOfACarriedCallIsTakenOnceAndForThatVeryCallAlone() {
        TenantHttp http = http(Duration.ofSeconds(3));
        CarriedCall carried = http.carry(read("ada"), "r-1", (name, value) -> {});
        assertThat(carried).isNotNull();
        carried.answered(404);
        carried.keep(
                404,
                headers -> headers.accept("Content-Type", "application/json"),
                "{}".getBytes(StandardCharsets.UTF_8));
        carried.close();

        carried.passOn();
        try {
            // with another key it may be another's data
            assertThat(http.exchange(read("bob")).status().value()).isEqualTo(401);
            assertThat(tenant.calls()).hasSize(1);
            assertThat(http.exchange(read("ada")).status().value()).isEqualTo(404);
            assertThat(tenant.calls()).hasSize(1);
            assertThat(http.exchange(read("ada")).status().value()).isEqualTo(401);
            assertThat(tenant.calls()).hasSize(2);
        } finally {
            carried.forget();
        }
    }

    @Test
    void failureOfACarriedCallIsToldAsOnesOwn() {
        TenantHttp http = http(Duration.ofSeconds(3));
        CarriedCall carried = http.carry(read("ada"), "r-1", (name, value) -> {});
        assertThat(carried).isNotNull();
        carried.failed(new SocketTimeoutException("late"));
        carried.close();

        carried.passOn();
        try {
            assertThat(failure(http, read("ada")).code()).isEqualTo(ProblemCode.TENANT_UNREACHABLE);
        } finally {
            carried.forget();
        }
        assertThat(tenant.calls()).isEmpty();
    }

    @Test
    void exchangeWhenRefusedTwiceGivesUp() {
        refusing(5, 1);
        TenantHttp http = http(Duration.ofSeconds(3));

        assertThat(http.exchange(TestCalls.write(tenant.url(), "ada")).status().value())
                .isEqualTo(429);

        assertThat(tenant.calls()).hasSize(2);
    }

    @Test
    void exchangeWhenALoginIsRefusedForAShortWhileDoesNotShowTheAssertionAgain() {
        refusing(5, 1);
        TenantHttp http = http(Duration.ofSeconds(3));

        assertThat(http.exchange(TestCalls.login(tenant.url(), "assertion"))
                        .status()
                        .value())
                .isEqualTo(429);

        assertThat(tenant.calls()).hasSize(1);
    }

    @Test
    void exchangeWhenRefusedForLongAsksNoMore() {
        refusing(5, 600);
        TenantHttp http = http(Duration.ofSeconds(3));

        assertThat(http.exchange(read("ada")).status().value()).isEqualTo(429);
        for (int time = 0; time < 3; time++) {
            TenantException paused = failure(http, read("ada"));
            assertThat(paused.code()).isEqualTo(ProblemCode.TENANT_RATE_LIMITED);
            assertThat(paused.retryAfter()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
        }
        Background.run(() -> assertThat(
                        failure(http, TestCalls.write(tenant.url(), "bob")).code())
                .isEqualTo(ProblemCode.TENANT_RATE_LIMITED));

        assertThat(tenant.calls()).hasSize(1);
    }

    @Test
    void exchangeWhenAnotherTenantNeverEndsItsHandshakeIsNotDelayed() throws Exception {
        BlackHole dead = opened(new BlackHole());
        Duration connectTimeout = Duration.ofSeconds(3);
        TenantHttp http = http(connectTimeout);
        List<Future<TenantException>> waiting = new ArrayList<>();
        for (int caller = 0; caller < 300; caller++) {
            String key = "caller-" + caller;
            waiting.add(callers.submit(() -> failure(http, TestCalls.read(dead.url(), key))));
        }
        dead.awaitCallers(PLACES);

        for (int call = 0; call < 20; call++) {
            assertThat(http.exchange(read("ada")).status().value()).isEqualTo(401);
        }

        long unreachable = 0;
        for (Future<TenantException> one : waiting) {
            unreachable += one.get().code() == ProblemCode.TENANT_UNREACHABLE ? 1 : 0;
            assertThat(one.get().code()).isIn(ProblemCode.TENANT_UNREACHABLE, ProblemCode.TOO_BUSY);
            assertThat(one.get().mayHaveActed()).isFalse();
        }
        assertThat(dead.callers()).isEqualTo((int) unreachable);
        assertThat(unreachable).isBetween((long) PLACES, 30L * PLACES);
    }

    @Test
    void exchangeWhenATenantIsKnownToBeSilentDoesNotAskIt() throws Exception {
        BlackHole dead = opened(new BlackHole());
        TenantHttp http = http(Duration.ofMillis(300));
        for (int call = 0; call < SilentTenants.IN_A_ROW; call++) {
            assertThat(failure(http, TestCalls.read(dead.url(), "ada")).detail())
                    .contains("connecting timed out");
        }

        TenantException known = failure(http, TestCalls.write(dead.url(), "bob"));

        assertThat(known.code()).isEqualTo(ProblemCode.TENANT_UNREACHABLE);
        assertThat(known.detail()).contains("was not asked");
        assertThat(known.retryAfter()).isPositive();
        assertThat(http.exchange(read("ada")).status().value()).isEqualTo(401);
        dead.awaitCallers(SilentTenants.IN_A_ROW);
        assertThat(dead.callers()).isEqualTo(SilentTenants.IN_A_ROW);
    }

    @Test
    void exchangeWhenAHandshakeTricklesEndsAtTheConnectTimeout() throws Exception {
        // the header of a handshake record of 8 KB, and then a byte at a time
        ServerSocket trickling = opened(listening(50));
        Thread.ofVirtual().start(() -> {
            try (Socket socket = trickling.accept()) {
                socket.getOutputStream().write(new byte[] {0x16, 3, 3, 0x20, 0});
                while (true) {
                    socket.getOutputStream().write(2);
                    Thread.sleep(100);
                }
            } catch (IOException | InterruptedException over) {
                // the other side has hung up
            }
        });
        TenantHttp http = http(Duration.ofSeconds(1));

        TenantException failure =
                failure(http, TestCalls.write("https://127.0.0.1:" + trickling.getLocalPort(), "ada"));

        assertThat(failure.detail()).contains("connecting timed out");
        assertThat(failure.mayHaveActed()).isFalse();
    }

    @Test
    void exchangeWhenNoneOfManyAddressesAnswersEndsAtTheConnectTimeout() throws Exception {
        ServerSocket full = full(InetAddress.getLoopbackAddress(), 0);
        InetAddress[] addresses = new InetAddress[40];
        Arrays.fill(addresses, InetAddress.getLoopbackAddress());
        TenantHttp http = http(Duration.ofMillis(500), host -> addresses);
        long start = System.nanoTime();

        TenantException failure = failure(http, TestCalls.write("http://many:" + full.getLocalPort(), "ada"));

        assertThat(failure.detail()).contains("connecting timed out");
        assertThat(failure.mayHaveActed()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere 127.0.0.2 is not at once there")
    void exchangeWhenTheFirstAddressIsDeadReachesTheSecond() throws Exception {
        InetAddress dead = InetAddress.getByName("127.0.0.2");
        int port = URI.create(tenant.url()).getPort();
        full(dead, port);
        InetAddress[] addresses = {dead, InetAddress.getByName("127.0.0.1")};
        TenantHttp http = http(Duration.ofSeconds(2), host -> addresses);

        TenantAnswer answer = http.exchange(TestCalls.read("http://two:" + port, "ada"));

        assertThat(answer.status().value()).isEqualTo(401);
    }

    @Test
    void exchangeWhenANameIsNotLookedUpInTimeEndsAndAsksForItOnce() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        TenantHttp http = http(Duration.ofSeconds(3), host -> {
            // never asked for an address such as 127.0.0.1
            asked.incrementAndGet();
            awaitForever(never);
            throw new UnknownHostException(host);
        });
        List<Future<TenantException>> waiting = new ArrayList<>();
        for (int caller = 0; caller < PLACES; caller++) {
            waiting.add(callers.submit(() -> failure(http, TestCalls.read("http://lost.example.org", "ada"))));
        }

        assertThat(http.exchange(read("ada")).status().value()).isEqualTo(401);

        for (Future<TenantException> one : waiting) {
            assertThat(one.get().code()).isEqualTo(ProblemCode.TENANT_UNREACHABLE);
        }
        assertThat(asked).hasValue(1);
        never.countDown();
    }

    @Test
    void exchangeWhenTheAnswerIsEndlessBreaksItOffAndGivesThePlaceBack() throws Exception {
        ServerSocket endless = opened(listening(50));
        String endlessHead = "HTTP/1.1 200 OK\r\nContent-Length: " + Long.MAX_VALUE + "\r\n\r\n";
        Thread.ofVirtual().start(() -> {
            while (!endless.isClosed()) {
                try (Socket socket = endless.accept()) {
                    socket.getOutputStream().write(endlessHead.getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        socket.getOutputStream().write(new byte[64 * 1024]);
                    }
                } catch (IOException over) {
                    // the other side has hung up
                }
            }
        });
        TenantHttp http = http(Duration.ofSeconds(3));

        for (int call = 0; call < 2 * PLACES; call++) {
            TenantException failure =
                    failure(http, TestCalls.read("http://127.0.0.1:" + endless.getLocalPort(), "ada"));
            assertThat(failure.detail()).contains("longer than");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX-Long: ", "HTTP/1.1 200 "})
    void exchangeWhenALineOfTheHeadNeverEndsBreaksItOff(String beginning) throws Exception {
        TenantHttp http = http(Duration.ofSeconds(3));

        assertThat(failure(http, TestCalls.read(endless(beginning, "x".repeat(1_000)), "ada"))
                        .detail())
                .contains("headers are longer");
    }

    @Test
    void exchangeWhenHeadersNeverEndBreaksThemOff() throws Exception {
        TenantHttp http = http(Duration.ofSeconds(3));
        String few = "X-Long: " + "x".repeat(10_000) + "\r\n";

        assertThat(failure(http, TestCalls.read(endless("HTTP/1.1 200 OK\r\n", "X-Short: x\r\n"), "ada"))
                        .detail())
                .contains("headers are longer");
        assertThat(failure(http, TestCalls.read(endless("HTTP/1.1 200 OK\r\n", few), "ada"))
                        .detail())
                .contains("headers are longer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1;", "0\r\n"})
    void exchangeWhenWhatIsBetweenChunksOrBehindThemNeverEndsBreaksItOff(String beginning) throws Exception {
        TenantHttp http = http(Duration.ofSeconds(3));
        String url =
                endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + beginning, "X: x\r\n".repeat(100));

        TenantException failure = failure(http, TestCalls.read(url, "ada"));

        assertThat(failure.code()).isEqualTo(ProblemCode.TENANT_ANSWER_UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "0", "-1", "1000", "20000"})
    void exchangeWhenTheStatusIsNoneIsUnreadable(String status) throws Exception {
        TenantHttp http = http(Duration.ofSeconds(3));
        String url = endless("HTTP/1.1 " + status + " OK\r\nContent-Length: 0\r\n\r\n", " ");

        assertThat(failure(http, TestCalls.read(url, "ada")).code()).isEqualTo(ProblemCode.TENANT_ANSWER_UNREADABLE);
    }

    /** Where every answer begins like this, and goes on with more of that for ever. */
    private String endless(String beginning, String more) throws IOException {
        ServerSocket endless = opened(listening(50));
        Thread.ofVirtual().start(() -> {
            while (!endless.isClosed()) {
                try (Socket socket = endless.accept()) {
                    socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        socket.getOutputStream().write(more.getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException over) {
                    // the other side has hung up
                }
            }
        });
        return "http://127.0.0.1:" + endless.getLocalPort();
    }

    private AtomicInteger refusing(int times, int seconds) {
        AtomicInteger refused = new AtomicInteger();
        tenant.before(request -> {
            if (refused.get() == times) {
                return Optional.empty();
            }
            refused.incrementAndGet();
            return Optional.of(Faults.tooManyRequests(seconds));
        });
        return refused;
    }

    private TenantCall read(String key) {
        return TestCalls.read(tenant.url(), key);
    }

    private static TenantException failure(TenantHttp http, TenantCall call) {
        TenantException failure = catchThrowableOfType(TenantException.class, () -> http.exchange(call));
        assertThat(failure).isNotNull();
        return failure;
    }

    private TenantHttp http(Duration connectTimeout) {
        return http(connectTimeout, InetAddress::getAllByName);
    }

    private TenantHttp http(Duration connectTimeout, Names names) {
        TenantProperties properties = new TenantProperties(
                connectTimeout, Duration.ofSeconds(60), PLACES, Duration.ofMillis(200), Duration.ofSeconds(2));
        HttpClientPool clients = new HttpClientPool(
                properties,
                new DefaultSslBundleRegistry(),
                new NameLookup(properties) {
                    @Override
                    protected InetAddress[] ask(String host) throws UnknownHostException {
                        return names.ask(host);
                    }
                },
                ForwardProxies.none());
        opened.add(clients::destroy);
        CallMeters meters = new CallMeters(new SimpleMeterRegistry());
        RateLimitGate pace =
                new RateLimitGate(new RateLimits(CLOCK), new RateLimitTiers(CLOCK), properties, meters, CLOCK);
        Crowds crowds = new Crowds(CLOCK, 1_000);
        return new TenantHttp(
                clients,
                pace,
                new Bulkhead(properties, crowds, meters),
                new AnswerRoom(),
                new CallWatch(meters, Spans.toNobody(), new SilentTenants(properties, meters, CLOCK), crowds),
                CLOCK);
    }

    private interface Names {

        InetAddress[] ask(String host) throws UnknownHostException;
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }

    private static ServerSocket listening(int backlog) throws IOException {
        return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
    }

    /** Its backlog is full, so that nobody who connects gets through. */
    private ServerSocket full(InetAddress address, int port) throws Exception {
        ServerSocket full = opened(new ServerSocket(port, 1, address));
        while (true) {
            Socket guest = opened(new Socket());
            try {
                guest.connect(full.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException nowFull) {
                return full;
            }
        }
    }

    private static void awaitForever(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Takes every connection, and never says a word. */
    private static final class BlackHole implements AutoCloseable {

        private final ServerSocket server = listening(1_000);
        private final List<Socket> sockets = new ArrayList<>();

        private BlackHole() throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try {
                        add(server.accept());
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
        }

        private String url() {
            return "https://127.0.0.1:" + server.getLocalPort();
        }

        private synchronized void add(Socket socket) {
            sockets.add(socket);
            notifyAll();
        }

        private synchronized void awaitCallers(int number) throws InterruptedException {
            while (sockets.size() < number) {
                wait();
            }
        }

        private synchronized int callers() {
            return sockets.size();
        }

        @Override
        public synchronized void close() throws IOException {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
