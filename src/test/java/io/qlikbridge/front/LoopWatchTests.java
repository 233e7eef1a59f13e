package io.qlikbridge.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopWatchTests {

    @Test
    void threadThatSleepsOrReadsASocketIsSeen() throws IOException, InterruptedException {
        try (LoopWatch watch = new LoopWatch("watched-");
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.sleep(1_000);
            Thread asleep = Thread.ofPlatform().name("watched-1").start(() -> sleep(30));
            Thread reading = Thread.ofPlatform().name("watched-2").start(() -> read(server.getLocalPort()));
            Thread other = Thread.ofPlatform().name("other").start(() -> sleep(30));
            try (Socket accepted = server.accept()) {
                sleep(30);
                accepted.getOutputStream().write('a');
            }
            asleep.join();
            reading.join();
            other.join();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(watch.seen())
                            .anySatisfy(event -> assertThat(event).contains("jdk.ThreadSleep"))
                            .anySatisfy(event -> assertThat(event).contains("jdk.SocketRead"))
                            .noneSatisfy(event -> assertThat(event).contains("\"other\"")));
        }
    }

    @Test
    void threadIsSeenBeforeALockThatIsHeldForLongButNotForAMoment() throws InterruptedException {
        try (LoopWatch watch = new LoopWatch("locked-")) {
            Thread.sleep(1_000);
            awaitLock("locked-briefly", 20);
            awaitLock("locked-for-long", 600);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(watch.seen())
                            .anySatisfy(
                                    event -> assertThat(event).contains("jdk.JavaMonitorEnter", "locked-for-long")));
            assertThat(watch.seen()).noneSatisfy(event -> assertThat(event).contains("locked-briefly"));
        }
    }

    private static void awaitLock(String name, long millis) throws InterruptedException {
        Object lock = new Object();
        Thread waiting = Thread.ofPlatform().name(name).unstarted(() -> {
            synchronized (lock) {
                assertThat(Thread.holdsLock(lock)).isTrue();
            }
        });
        synchronized (lock) {
            waiting.start();
            sleep(millis);
        }
        waiting.join();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException impatient) {
            throw new IllegalStateException(impatient);
        }
    }

    private static void read(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(socket.getInputStream().read()).isEqualTo('a');
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
