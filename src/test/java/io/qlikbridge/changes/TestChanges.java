package io.qlikbridge.changes;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

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
}
