package io.qlikbridge.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChangeAwareCacheTests {

    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void getWhenNewsArriveReadsOnce() {
        ChangeAwareCache<String, String> memory =
                TestChanges.arriving().cache(Change.OfUser.class, 10, Change.OfUser::username);

        assertThat(memory.get("ada", this::read)).contains("ada 1");
        assertThat(memory.get("ada", this::read)).contains("ada 1");
    }

    @Test
    void getWhenNewsDoNotArriveReadsAlways() {
        ChangeAwareCache<String, String> memory =
                TestChanges.none().cache(Change.OfUser.class, 10, Change.OfUser::username);

        memory.get("ada", this::read);

        assertThat(memory.get("ada", this::read)).contains("ada 2");
    }

    @Test
    void getWhenThereIsNothingDoesNotRememberThat() {
        ChangeAwareCache<String, String> memory =
                TestChanges.arriving().cache(Change.OfUser.class, 10, Change.OfUser::username);

        assertThat(memory.get("ada", absent -> Optional.empty())).isEmpty();
        assertThat(memory.get("ada", this::read)).contains("ada 1");
    }

    @Test
    void getWhenForgottenReadsAgain() {
        ChangeAwareCache<String, String> memory =
                TestChanges.arriving().cache(Change.OfUser.class, 10, Change.OfUser::username);
        memory.get("ada", this::read);
        memory.get("bob", this::read);

        memory.forget("ada");

        assertThat(memory.get("ada", this::read)).contains("ada 3");
        assertThat(memory.get("bob", this::read)).contains("bob 2");
    }

    @Test
    void getWhenForgottenByWhatItIsReadsAgain() {
        ChangeAwareCache<String, String> memory =
                TestChanges.arriving().cache(Change.OfUser.class, 10, Change.OfUser::username);
        memory.get("ada", this::read);
        memory.get("bob", this::read);

        memory.forgetIf((key, value) -> value.equals("ada 1"));

        assertThat(memory.get("ada", this::read)).contains("ada 3");
        assertThat(memory.get("bob", this::read)).contains("bob 2");
    }

    @Test
    void getWhenWhatIsRememberedIsAsAfterTheChangeReadsNoMore() {
        ChangeAwareCache<String, String> memory =
                TestChanges.arriving().cache(Change.OfUser.class, 10, Change.OfUser::username);
        memory.get("ada", this::read);
        memory.get("bob", this::read);

        memory.forgetUnless("ada", value -> value.equals("ada 1"));
        memory.forgetUnless("bob", value -> value.equals("bob 1"));

        assertThat(memory.get("ada", this::read)).contains("ada 1");
        assertThat(memory.get("bob", this::read)).contains("bob 3");
    }

    @Test
    void getWhenPerhapsForgottenWhileReadRemembersWhatIsReadAfterwards() throws Exception {
        ChangeAwareCache<String, String> memory =
                TestChanges.arriving().cache(Change.OfUser.class, 10, Change.OfUser::username);

        readWhile(memory, () -> memory.forgetUnless("ada", value -> true));

        assertThat(memory.get("ada", this::read)).contains("ada 2");
    }

    @Test
    void getWhenForgottenWhileReadRemembersWhatIsReadAfterwards() throws Exception {
        ChangeAwareCache<String, String> memory =
                TestChanges.arriving().cache(Change.OfUser.class, 10, Change.OfUser::username);

        readWhile(memory, () -> memory.forget("ada"));

        assertThat(memory.get("ada", this::read)).contains("ada 2");
        assertThat(reads).hasValue(2);
    }

    @Test
    void getWhenAllIsForgottenWhileReadRemembersWhatIsReadAfterwards() throws Exception {
        ChangeAwareCache<String, String> memory =
                TestChanges.arriving().cache(Change.OfUser.class, 10, Change.OfUser::username);

        readWhile(memory, memory::forgetAll);

        assertThat(memory.get("ada", this::read)).contains("ada 2");
    }

    @Test
    void getWhenItWasMadeReadsNothing() {
        assertThat(afterMaking(memory -> {})).isEqualTo("ada made");
    }

    @Test
    void getWhenItsOwnChangeWasToldWhileItWasMadeReadsNothing() {
        assertThat(afterMaking(memory -> memory.forgetUnless("ada", value -> value.equals("ada made"))))
                .isEqualTo("ada made");
    }

    @Test
    void getWhenAnothersChangeWasToldWhileItWasMadeReads() {
        assertThat(afterMaking(memory -> {
                    memory.forgetUnless("ada", value -> value.equals("ada made"));
                    memory.forgetUnless("ada", value -> value.equals("ada revoked"));
                }))
                .isEqualTo("ada 1");
    }

    @Test
    void getWhenForgottenWhileItWasMadeReads() {
        assertThat(afterMaking(memory -> memory.forget("ada"))).isEqualTo("ada 1");
    }

    @Test
    void getWhenAllIsForgottenWhileItWasMadeReads() {
        assertThat(afterMaking(ChangeAwareCache::forgetAll)).isEqualTo("ada 1");
    }

    @Test
    void getWhenOthersAreForgottenWhileItWasMadeReadsNothing() {
        assertThat(afterMaking(memory -> {
                    memory.forget("bob");
                    memory.forgetUnless("bob", value -> false);
                    memory.forgetIf((key, value) -> key.equals("bob"));
                }))
                .isEqualTo("ada made");
    }

    @Test
    void getWhenItWasMadeAndHasChangedSinceReads() {
        ChangeAwareCache<String, String> memory =
                TestChanges.arriving().cache(Change.OfUser.class, 10, Change.OfUser::username);
        try (Making<String, String> making = memory.making("ada")) {
            making.keep("ada made");
        }

        memory.forget("ada");

        assertThat(memory.get("ada", this::read)).contains("ada 1");
    }

    @Test
    void getWhenItWasMadeWhileNewsDidNotArriveReads() {
        ChangeFeed changes = TestChanges.none();
        ChangeAwareCache<String, String> memory = changes.cache(Change.OfUser.class, 10, Change.OfUser::username);
        try (Making<String, String> making = memory.making("ada")) {
            changes.staleness().heard(changes.staleness().beat());
            making.keep("ada made");
        }

        assertThat(memory.get("ada", this::read)).contains("ada 1");
    }

    @Test
    void getWhenThereWereNoNewsForTheTimeLimitReadsAgain() throws Exception {
        ChangeFeed changes = new ChangeFeed(new CacheProperties(Duration.ofMillis(50), 10));
        changes.staleness().heard(changes.staleness().beat());
        ChangeAwareCache<String, String> memory = changes.cache(Change.OfUser.class, 10, Change.OfUser::username);
        memory.get("ada", this::read);

        Thread.sleep(60);

        assertThat(memory.get("ada", this::read)).contains("ada 2");
    }

    @Test
    void startAnewTellsThatAnythingMayHaveChanged() {
        ChangeFeed changes = TestChanges.arriving();
        ChangeAwareCache<String, String> memory = changes.cache(Change.OfUser.class, 10, Change.OfUser::username);
        memory.get("ada", this::read);
        List<Change> told = new ArrayList<>();
        changes.on(ChangeType.CONNECTION, told::add);

        changes.startAnew();
        changes.staleness().heard(changes.staleness().beat());

        assertThat(told).containsExactly(new Change.OfAll(ChangeType.CONNECTION));
        assertThat(memory.get("ada", this::read)).contains("ada 2");
    }

    @Test
    void heardWhenTheHeartbeatIsOneBeforeANewStartIsNoSign() {
        StalenessBound freshness = new StalenessBound(Duration.ofMinutes(1));
        StalenessBound.Beat before = freshness.beat();

        freshness.startAnew();
        freshness.heard(before);

        assertThat(freshness.isGood()).isFalse();
    }

    private String afterMaking(Consumer<ChangeAwareCache<String, String>> meanwhile) {
        ChangeAwareCache<String, String> memory =
                TestChanges.arriving().cache(Change.OfUser.class, 10, Change.OfUser::username);
        try (Making<String, String> making = memory.making("ada")) {
            meanwhile.accept(memory);
            making.keep("ada made");
        }
        return memory.get("ada", this::read).orElseThrow();
    }

    private void readWhile(ChangeAwareCache<String, String> memory, Runnable change) throws Exception {
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
