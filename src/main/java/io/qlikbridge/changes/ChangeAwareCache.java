package io.qlikbridge.changes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.qlikbridge.peek.Peek;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A cache of what was read from the database, which is used only while changes arrive. A value that changes while it is read is read
 * again, or not kept: whoever asks after a change gets what is there after it.
 */
public final class ChangeAwareCache<K, V> {

    /** A bound even for a change that no trigger told of, such as one made with triggers disabled. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int STRIPES = 1024;

    /** Of what changes while it is read: word of a change may come a moment after it. */
    private static final int MOST_READS = 2;

    private final ChangeType type;
    private final StalenessBound staleness;
    private final Cache<K, V> kept;
    private final AtomicLongArray forgotten = new AtomicLongArray(STRIPES);
    private final AtomicLong forgottenAll = new AtomicLong();
    private final Set<Making<K, V>> underWay = ConcurrentHashMap.newKeySet();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    ChangeAwareCache(ChangeType type, StalenessBound staleness, int most) {
        this.type = type;
        this.staleness = staleness;
        this.kept = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(LONGEST)
                .build();
    }

    /** What is kept, or else what {@code read} finds; that there is nothing is not kept. */
    public Optional<V> get(K key, Function<? super K, Optional<V>> read) {
        boolean good = staleness.isGood();
        V known = good ? kept.getIfPresent(key) : null;
        if (known != null) {
            hits.increment();
            return Optional.of(known);
        }
        // whoever may wait asks again, and is counted then
        Peek.requireNone();
        misses.increment();
        if (!good) {
            return read.apply(key);
        }
        Optional<V> found = Optional.empty();
        boolean settled = false;
        for (int attempt = 0; attempt < MOST_READS && !settled; attempt++) {
            long before = changes(key);
            found = read.apply(key);
            settled = found.isEmpty() || keep(key, found.get(), before);
        }
        return found;
    }

    /** Begins to make what is going to be kept, such as a row that is written and read at once. To be called before that. */
    public Making<K, V> making(K key) {
        Making<K, V> begun = new Making<>(this, key, staleness.isGood());
        underWay.add(begun);
        return begun;
    }

    public void forget(K key) {
        lock.writeLock().lock();
        try {
            forgotten.incrementAndGet(stripe(key));
            kept.invalidate(key);
            underWay.forEach(one -> one.told(key, value -> false));
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * The same, unless what is kept is as it is after the change.
     *
     * @param known whether it is
     */
    public void forgetUnless(K key, Predicate<? super V> known) {
        lock.writeLock().lock();
        try {
            // whoever is just reading may have come before the change all the same
            forgotten.incrementAndGet(stripe(key));
            kept.asMap().computeIfPresent(key, (same, value) -> known.test(value) ? value : null);
            underWay.forEach(one -> one.told(key, known));
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Forgets one thing, if it is this very object. */
    public void forget(K key, V value) {
        kept.asMap().computeIfPresent(key, (same, known) -> known == value ? null : known);
    }

    public void forgetIf(BiPredicate<? super K, ? super V> concerned) {
        lock.writeLock().lock();
        try {
            forgottenAll.incrementAndGet();
            kept.asMap().entrySet().removeIf(entry -> concerned.test(entry.getKey(), entry.getValue()));
            underWay.forEach(one -> one.told(concerned));
        } finally {
            lock.writeLock().unlock();
        }
    }

    public void forgetAll() {
        forgetIf((key, value) -> true);
    }

    ChangeType type() {
        return type;
    }

    /** How often something was kept that was asked for. */
    long hits() {
        return hits.sum();
    }

    /** How often it was not, and had to be read. */
    long misses() {
        return misses.sum();
    }

    void keep(Making<K, V> made, K key, V value) {
        lock.readLock().lock();
        try {
            if (staleness.isGood() && made.isAsTold(value)) {
                kept.put(key, value);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    void end(Making<K, V> made) {
        underWay.remove(made);
    }

    private boolean keep(K key, V value, long before) {
        lock.readLock().lock();
        try {
            boolean unchanged = changes(key) == before;
            if (unchanged) {
                kept.put(key, value);
            }
            return unchanged;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Never the same again after something that concerns the key was forgotten. */
    private long changes(K key) {
        return forgotten.get(stripe(key)) + forgottenAll.get();
    }

    private int stripe(K key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }
}
