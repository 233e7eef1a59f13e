package io.qlikbridge.resealing;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** How far a rotation of the vault keys is, counted once a minute at most, and only when somebody asks. */
@Component
public class RecentProgress {

    private static final Duration COUNTED_EACH = Duration.ofMinutes(1);

    private final LoadingCache<Boolean, Optional<CountedProgress>> counted;
    private final Clock clock;

    RecentProgress(VaultProgress progress, Clock clock) {
        this.clock = clock;
        this.counted = Caffeine.newBuilder().expireAfterWrite(COUNTED_EACH).build(only -> count(progress));
    }

    /** Empty while the database is away: not all who ask must wait for it. */
    public Optional<CountedProgress> get() {
        return counted.get(true);
    }

    private Optional<CountedProgress> count(VaultProgress progress) {
        try {
            return Optional.of(new CountedProgress(progress.now(), clock.instant()));
        } catch (DataAccessException | TransactionException away) {
            return Optional.empty();
        }
    }
}
