package io.qlikbridge.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CacheMetersTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void whatIsRememberedIsAHitAndWhatIsReadAMiss() {
        ChangeFeed changes = TestChanges.arriving();
        ChangeAwareCache<String, String> memory = changes.cache(Change.OfUser.class, 10, Change.OfUser::username);
        new CacheMeters(changes).bindTo(registry);

        memory.get("ada", name -> Optional.of("Ada"));
        memory.get("ada", name -> Optional.of("Ada"));
        memory.get("ada", name -> Optional.of("Ada"));

        assertThat(count("hit")).isEqualTo(2);
        assertThat(count("miss")).isEqualTo(1);
    }

    @Test
    void whatIsReadWhileNewsDoNotArriveIsAMiss() {
        ChangeFeed changes = TestChanges.none();
        ChangeAwareCache<String, String> memory = changes.cache(Change.OfUser.class, 10, Change.OfUser::username);
        new CacheMeters(changes).bindTo(registry);

        memory.get("ada", name -> Optional.of("Ada"));
        memory.get("ada", name -> Optional.of("Ada"));

        assertThat(count("hit")).isZero();
        assertThat(count("miss")).isEqualTo(2);
    }

    @Test
    void cachesThatKeepWhatHangsOnTheSameRowsAreCountedTogether() {
        ChangeFeed changes = TestChanges.arriving();
        ChangeAwareCache<String, String> names = changes.cache(Change.OfUser.class, 10, Change.OfUser::username);
        ChangeAwareCache<String, String> addresses = changes.cache(Change.OfUser.class, 10, Change.OfUser::username);
        new CacheMeters(changes).bindTo(registry);

        names.get("ada", name -> Optional.of("Ada"));
        addresses.get("ada", name -> Optional.of("ada@example.org"));
        addresses.get("ada", name -> Optional.of("ada@example.org"));

        assertThat(count("hit")).isEqualTo(1);
        assertThat(count("miss")).isEqualTo(2);
    }

    private double count(String result) {
        return registry.get("bridge.cache.requests")
                .tags("cache", "user", "result", result)
                .functionCounter()
                .count();
    }
}
