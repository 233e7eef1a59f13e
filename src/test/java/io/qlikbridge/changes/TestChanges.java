package io.qlikbridge.changes;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.springframework.jdbc.core.simple.JdbcClient;

/** News for tests. */
public final class TestChanges {

    private TestChanges() {}

    /** News that never arrive, so that nothing is remembered. */
    public static ChangeFeed none() {
        return new ChangeFeed(new CacheProperties(Duration.ofMinutes(1), 100));
    }

    /** News that arrive, of what this process itself changes. */
    public static ChangeFeed arriving() {
        ChangeFeed changes = none();
        changes.staleness().heard(changes.staleness().beat());
        return changes;
    }

    /** Until then nothing is remembered. */
    public static void awaitArriving(ChangeFeed changes) {
        await().atMost(Duration.ofSeconds(30)).until(changes.staleness()::isGood);
    }

    /** Until all that was committed before has been heard: the database tells of changes in their order. */
    public static void awaitHeard(ChangeFeed changes, JdbcClient database) {
        Change.OfConnection last = new Change.OfConnection("last-" + UUID.randomUUID());
        CountDownLatch heard = new CountDownLatch(1);
        changes.on(ChangeType.CONNECTION, change -> {
            if (change.equals(last)) {
                heard.countDown();
            }
        });
        database.sql("select pg_notify(:channel, 'connection ' || :id)")
                .param("channel", ChangeListener.CHANNEL)
                .param("id", last.id())
                .query((row, number) -> number)
                .single();
        await().atMost(Duration.ofSeconds(30)).until(() -> heard.getCount() == 0);
    }
}
