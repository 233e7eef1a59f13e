package io.qlikbridge.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.StoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@StoreTest
class ReplicaStoreTests {

    private static final Instant NOW = StoreTest.NOW_KEPT;

    @Autowired
    private JdbcClient jdbc;

    private ReplicaStore store;

    @BeforeEach
    void empty() {
        jdbc.sql("delete from replica").update();
        store = new ReplicaStore(jdbc);
    }

    @Test
    void replicaThatSaysAgainThatItRunsIsOne() {
        Replica first = replica("pod-1", NOW.minusSeconds(30));
        store.seen(first);
        store.seen(new Replica(first.id(), first.name(), first.version(), first.startedAt(), NOW));

        assertThat(store.since(NOW.minusSeconds(3600)))
                .containsExactly(new Replica(first.id(), "pod-1", "1.2.3", first.startedAt(), NOW));
    }

    @Test
    void replicaThatEndsIsGoneAndWhatWasLongSilentIsForgotten() {
        Replica ended = replica("pod-1", NOW);
        Replica killed = replica("pod-2", NOW.minus(Duration.ofDays(2)));
        store.seen(ended);
        store.seen(killed);

        store.gone(ended.id());
        assertThat(store.since(Instant.EPOCH)).containsExactly(killed);

        store.forget(NOW.minus(Duration.ofDays(1)));
        assertThat(store.since(Instant.EPOCH)).isEmpty();
    }

    @Test
    void replicaIsSilentWhenItHasNotSaidForAWhileThatItRuns() {
        assertThat(replica("pod-1", NOW.minusSeconds(89)).isSilent(NOW)).isFalse();
        assertThat(replica("pod-1", NOW.minusSeconds(91)).isSilent(NOW)).isTrue();
    }

    private static Replica replica(String name, Instant seen) {
        return new Replica(UUID.randomUUID(), name, "1.2.3", NOW.minus(Duration.ofDays(3)), seen);
    }
}
