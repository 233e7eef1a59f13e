package io.qlikbridge.news;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** News for tests. */
public final class TestNews {

    private TestNews() {}

    /** News that never arrive, so that nothing is remembered. */
    public static News none() {
        return new News(new CacheProperties(Duration.ofMinutes(1), 100));
    }

    /** News that arrive, of what this process itself changes. */
    public static News arriving() {
        News news = none();
        news.freshness().heard(news.freshness().beat());
        return news;
    }

    /** Until then nothing is remembered. */
    public static void awaitArriving(News news) {
        await().atMost(Duration.ofSeconds(30)).until(news.freshness()::isGood);
    }
}
