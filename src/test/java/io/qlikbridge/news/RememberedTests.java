package io.qlikbridge.news;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedTests {

    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void getWhenNewsArriveReadsOnce() {
        Remembered<String, String> memory = TestNews.arriving().remembered(Kind.USER, 10);

        assertThat(memory.get("ada", this::read)).contains("ada 1");
        assertThat(memory.get("ada", this::read)).contains("ada 1");
    }

    @Test
    void getWhenNewsDoNotArriveReadsAlways() {
        Remembered<String, String> memory = TestNews.none().remembered(Kind.USER, 10);

        memory.get("ada", this::read);

        assertThat(memory.get("ada", this::read)).contains("ada 2");
    }

    @Test
    void getWhenThereIsNothingDoesNotRememberThat() {
        Remembered<String, String> memory = TestNews.arriving().remembered(Kind.USER, 10);

        assertThat(memory.get("ada", absent -> Optional.empty())).isEmpty();
        assertThat(memory.get("ada", this::read)).contains("ada 1");
    }

    @Test
    void getWhenForgottenReadsAgain() {
        Remembered<String, String> memory = TestNews.arriving().remembered(Kind.USER, 10);
        memory.get("ada", this::read);
        memory.get("bob", this::read);

        memory.forget("ada");

        assertThat(memory.get("ada", this::read)).contains("ada 3");
        assertThat(memory.get("bob", this::read)).contains("bob 2");
    }

    @Test
    void getWhenForgottenByWhatItIsReadsAgain() {
        Remembered<String, String> memory = TestNews.arriving().remembered(Kind.USER, 10);
        memory.get("ada", this::read);
        memory.get("bob", this::read);

        memory.forgetIf((key, value) -> value.equals("ada 1"));

        assertThat(memory.get("ada", this::read)).contains("ada 3");
        assertThat(memory.get("bob", this::read)).contains("bob 2");
    }

    @Test
    void getWhenWhatIsRememberedIsAsAfterTheChangeReadsNoMore() {
        Remembered<String, String> memory = TestNews.arriving().remembered(Kind.USER, 10);
        memory.get("ada", this::read);
        memory.get("bob", this::read);

        memory.forgetUnless("ada", value -> value.equals("ada 1"));
        memory.forgetUnless("bob", value -> value.equals("bob 1"));

        assertThat(memory.get("ada", this::read)).contains("ada 1");
        assertThat(memory.get("bob", this::read)).contains("bob 3");
    }

    @Test
    void getWhenPerhapsForgottenWhileReadRemembersWhatIsReadAfterwards() throws Exception {
        Remembered<String, String> memory = TestNews.arriving().remembered(Kind.USER, 10);

        readWhile(memory, () -> memory.forgetUnless("ada", value -> true));

        assertThat(memory.get("ada", this::read)).contains("ada 2");
    }

    @Test
    void getWhenForgottenWhileReadRemembersWhatIsReadAfterwards() throws Exception {
        Remembered<String, String> memory = TestNews.arriving().remembered(Kind.USER, 10);

        readWhile(memory, () -> memory.forget("ada"));

        assertThat(memory.get("ada", this::read)).contains("ada 2");
        assertThat(reads).hasValue(2);
    }

    @Test
    void getWhenAllIsForgottenWhileReadRemembersWhatIsReadAfterwards() throws Exception {
        Remembered<String, String> memory = TestNews.arriving().remembered(Kind.USER, 10);

        readWhile(memory, memory::forgetAll);

        assertThat(memory.get("ada", this::read)).contains("ada 2");
    }

    @Test
    void getWhenThereWereNoNewsForTheTimeLimitReadsAgain() throws Exception {
        News news = new News(new CacheProperties(Duration.ofMillis(50), 10));
        news.freshness().heard(news.freshness().beat());
        Remembered<String, String> memory = news.remembered(Kind.USER, 10);
        memory.get("ada", this::read);

        Thread.sleep(60);

        assertThat(memory.get("ada", this::read)).contains("ada 2");
    }

    @Test
    void heardWhenTheHeartbeatIsOneBeforeANewStartIsNoSign() {
        Freshness freshness = new Freshness(Duration.ofMinutes(1));
        Freshness.Beat before = freshness.beat();

        freshness.startAnew();
        freshness.heard(before);

        assertThat(freshness.isGood()).isFalse();
    }

    private void readWhile(Remembered<String, String> memory, Runnable change) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        CompletableFuture<Optional<String>> slow = CompletableFuture.supplyAsync(() -> memory.get("ada", key -> {
            reading.countDown();
            try {
                changed.await();
            } catch (InterruptedException impatient) {
                throw new IllegalStateException(impatient);
            }
            return read(key);
        }));
        reading.await();
        change.run();
        changed.countDown();
        assertThat(slow.get()).contains("ada 2");
    }

    private Optional<String> read(String key) {
        return Optional.of(key + " " + reads.incrementAndGet());
    }
}
