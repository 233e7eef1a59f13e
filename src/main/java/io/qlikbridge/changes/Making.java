package io.qlikbridge.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Something that is being made for a cache, and which changes were told of it meanwhile. Its own change may be among them, told before
 * or after it is kept. To be closed when it is made.
 */
public final class Making<K, V> implements AutoCloseable {

    private final ChangeAwareCache<K, V> cache;
    private final K key;
    private final boolean good;

    /** Of each change, what is as it is after it. Added to under the cache's lock. */
    private final List<Predicate<? super V>> told = new ArrayList<>();

    /** @param good whether changes arrive */
    Making(ChangeAwareCache<K, V> cache, K key, boolean good) {
        this.cache = cache;
        this.key = key;
        this.good = good;
    }

    /** Has the cache keep what was made, unless a change was told that it is not as after. */
    public void keep(V value) {
        cache.keep(this, key, value);
    }

    void told(K changed, Predicate<? super V> known) {
        if (key.equals(changed)) {
            told.add(known);
        }
    }

    void told(BiPredicate<? super K, ? super V> concerned) {
        told.add(value -> !concerned.test(key, value));
    }

    boolean isAsTold(V value) {
        return good && told.stream().allMatch(change -> change.test(value));
    }

    @Override
    public void close() {
        cache.end(this);
    }
}
