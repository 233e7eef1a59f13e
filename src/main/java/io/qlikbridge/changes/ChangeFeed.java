package io.qlikbridge.changes;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Changes in the database, as every replica hears of them. The database itself tells of each change, by triggers and {@code
 * NOTIFY}, whoever makes it and by whatever means; here others say what they want to hear of.
 */
@Component
public class ChangeFeed {

    /** In place of the name of one thing: there were too many changes to name each. */
    public static final String EVERYTHING = "*";

    private final Map<ChangeType, List<Consumer<String>>> hearers = new EnumMap<>(ChangeType.class);
    private final List<ChangeAwareCache<?, ?>> memories = new CopyOnWriteArrayList<>();
    private final CacheProperties properties;
    private final StalenessBound freshness;

    ChangeFeed(CacheProperties properties) {
        this.properties = properties;
        this.freshness = new StalenessBound(properties.timeLimit());
        for (ChangeType kind : ChangeType.values()) {
            hearers.put(kind, new CopyOnWriteArrayList<>());
        }
    }

    /**
     * Has {@code hear} told of every change of this kind from now on, within a second, and of some more than once.
     *
     * @param hear takes what was changed, as {@link ChangeType} says, or {@link #EVERYTHING}; is quick
     */
    public void on(ChangeType kind, Consumer<String> hear) {
        of(kind).add(hear);
    }

    /**
     * Tells this replica of a change that the present transaction makes, as soon as it has ended well and before its caller
     * goes on. The others hear of it from the database.
     */
    public void changed(ChangeType kind, String about) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tell(kind, about);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                tell(kind, about);
            }
        });
    }

    /** A memory for what there is once for each user of a connection. */
    public <K, V> ChangeAwareCache<K, V> rememberedOfUsers(ChangeType kind) {
        return remembered(kind, properties.effectiveUsers());
    }

    /** A memory for that many things of a kind, which is empty while news do not arrive. */
    public <K, V> ChangeAwareCache<K, V> remembered(ChangeType kind, int most) {
        ChangeAwareCache<K, V> memory = new ChangeAwareCache<>(kind, freshness, most);
        memories.add(memory);
        return memory;
    }

    List<ChangeAwareCache<?, ?>> memories() {
        return memories;
    }

    void tell(ChangeType kind, String about) {
        of(kind).forEach(hear -> hear.accept(about));
    }

    /** News may have been missed, so whatever is remembered may be out of date. */
    void startAnew() {
        freshness.startAnew();
        memories.forEach(ChangeAwareCache::forgetAll);
    }

    StalenessBound freshness() {
        return freshness;
    }

    private List<Consumer<String>> of(ChangeType kind) {
        return hearers.getOrDefault(kind, List.of());
    }
}
