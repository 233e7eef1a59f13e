package io.qlikbridge.changes;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Changes in the database, as every replica hears of them. The database itself tells of each change, by triggers and {@code
 * NOTIFY}, whoever makes it and by whatever means; here others say which of them concern them.
 */
@Component
public class ChangeFeed {

    private final Map<ChangeType, List<Consumer<? super Change>>> listeners = new EnumMap<>(ChangeType.class);
    private final List<ChangeAwareCache<?, ?>> caches = new CopyOnWriteArrayList<>();
    private final CacheProperties properties;
    private final StalenessBound staleness;

    ChangeFeed(CacheProperties properties) {
        this.properties = properties;
        this.staleness = new StalenessBound(properties.timeLimit());
        for (ChangeType type : ChangeType.values()) {
            listeners.put(type, new CopyOnWriteArrayList<>());
        }
    }

    /**
     * Has every change of this type told from now on, within a second, and some more than once. Where some may have been missed,
     * {@link Change.OfAll} is told in their place.
     *
     * @param listener is quick
     */
    public void on(ChangeType type, Consumer<? super Change> listener) {
        of(type).add(listener);
    }

    /**
     * Tells this replica of a change that the present transaction makes, as soon as it has ended well and before its caller
     * goes on. The others hear of it from the database.
     */
    public void changed(Change change) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tell(change);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                tell(change);
            }
        });
    }

    /**
     * A cache of that many things, which is empty while changes do not arrive.
     *
     * @param key of what a change concerns
     */
    public <C extends Change, K, V> ChangeAwareCache<K, V> cache(
            Class<C> changes, int most, Function<? super C, K> key) {
        return cache(changes, most, (ChangeAwareCache<K, V> cache, C change) -> cache.forget(key.apply(change)));
    }

    /** @param forget forgets what a change concerns */
    public <C extends Change, K, V> ChangeAwareCache<K, V> cache(
            Class<C> changes, int most, BiConsumer<? super ChangeAwareCache<K, V>, ? super C> forget) {
        ChangeType type = ChangeType.of(changes);
        ChangeAwareCache<K, V> cache = new ChangeAwareCache<>(type, staleness, most);
        caches.add(cache);
        on(type, change -> {
            if (changes.isInstance(change)) {
                forget.accept(cache, changes.cast(change));
            } else {
                cache.forgetAll();
            }
        });
        return cache;
    }

    /** How many things a cache keeps of which there is one for each user of a connection. */
    public int ofUsers() {
        return properties.effectiveUsers();
    }

    List<ChangeAwareCache<?, ?>> caches() {
        return caches;
    }

    void tell(Change change) {
        of(change.type()).forEach(listener -> listener.accept(change));
    }

    /** Changes may have been missed, so anything may have changed: whatever is cached may be out of date. */
    void startAnew() {
        staleness.startAnew();
        for (ChangeType type : ChangeType.values()) {
            tell(new Change.OfAll(type));
        }
    }

    StalenessBound staleness() {
        return staleness;
    }

    private List<Consumer<? super Change>> of(ChangeType type) {
        return listeners.getOrDefault(type, List.of());
    }
}
