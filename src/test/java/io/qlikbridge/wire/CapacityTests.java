package io.qlikbridge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTests {

    private static final long MB = 1024 * 1024;
    private static final long MANY = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "64, 96, 256, 16",
        "96, 96, 4096, 16",
        "384, 960, 8192, 160",
        "1024, 2880, 8192, 480",
        "16000, 8192, 8192, 2048"
    })
    void ofAHeapIsWhatItHasRoomFor(long heap, int connections, int pending, int requests) {
        assertThat(Capacity.of(heap * MB, MANY, null, false)).isEqualTo(new Capacity(connections, pending, requests));
    }

    @ParameterizedTest
    @CsvSource({"96", "384", "1024", "16000"})
    void ofAHeapFrom96MbOnLeavesSomeOfItToSpare(long heap) {
        Capacity capacity = Capacity.of(heap * MB, MANY, null, false);

        assertThat(capacity.connections() * 128L * 1024
                        + capacity.requests() * 512L * 1024
                        + capacity.pending() * 1024L)
                .isLessThanOrEqualTo((heap - 64) * MB * 4 / 5);
    }

    @Test
    void ofFewFilesHasFewerConnections() {
        assertThat(Capacity.of(1024 * MB, 1024, null, false).connections()).isEqualTo(512);
        assertThat(Capacity.of(1024 * MB, 2048, null, false).pending()).isEqualTo(512);
    }

    @Test
    void ofTlsHasFewerConnections() {
        assertThat(Capacity.of(384 * MB, MANY, null, true).connections()).isEqualTo(480);
    }

    @Test
    void requestsWhenConfiguredAreSoManyAsLongAsTheirConnectionsAreAQuarter() {
        assertThat(Capacity.of(384 * MB, MANY, 12, false).requests()).isEqualTo(12);
        assertThat(Capacity.of(384 * MB, MANY, 5000, false).requests()).isEqualTo(240);
    }

    @ParameterizedTest
    @CsvSource({"96", "384", "1024", "16000"})
    void placesAndWhoWaitsForThemNeverTakeAllConnections(long heap) {
        Capacity capacity = Capacity.of(heap * MB, MANY, 100_000, false);

        int taken = Arrays.stream(RequestPermits.Share.values())
                .mapToInt(share -> capacity.places(share) + capacity.waiting(share))
                .sum();
        assertThat(taken).isLessThan(capacity.connections());
    }
}
