package io.qlikbridge.news;

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
public class News {

    /** In place of the name of one thing: there were too many changes to name each. */
    public static final String EVERYTHING = "*";

    private final Map<Kind, List<Consumer<String>>> hearers = new EnumMap<>(Kind.class);
    private final List<Remembered<?, ?>> memories = new CopyOnWriteArrayList<>();
    private final CacheProperties properties;
    private final Freshness freshness;

    News(CacheProperties properties) {
        this.properties = properties;
        this.freshness = new Freshness(properties.timeLimit());
        for (Kind kind : Kind.values()) {
            hearers.put(kind, new CopyOnWriteArrayList<>());
        }
    }

    /**
     * Has {@code hear} told of every change of this kind from now on, within a second, and of some more than once.
     *
     * @param hear takes what was changed, as {@link Kind} says, or {@link #EVERYTHING}; is quick
     */
    public void on(Kind kind, Consumer<String> hear) {
        of(kind).add(hear);
    }

    /**
     * Tells this replica of a change that the present transaction makes, as soon as it has ended well and before its caller
     * goes on. The others hear of it from the database.
     */
    public void changed(Kind kind, String about) {
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
    public <K, V> Remembered<K, V> rememberedOfUsers(Kind kind) {
        return remembered(kind, properties.effectiveUsers());
    }

    /** A memory for that many things of a kind, which is empty while news do not arrive. */
    public <K, V> Remembered<K, V> remembered(Kind kind, int most) {
        Remembered<K, V> memory = new Remembered<>(kind, freshness, most);
        memories.add(memory);
        return memory;
    }

    List<Remembered<?, ?>> memories() {
        return memories;
    }

    void tell(Kind kind, String about) {
        of(kind).forEach(hear -> hear.accept(about));
    }

    /** News may have been missed, so whatever is remembered may be out of date. */
    void startAnew() {
        freshness.startAnew();
        memories.forEach(Remembered::forgetAll);
    }

    Freshness freshness() {
        return freshness;
    }

    private List<Consumer<String>> of(Kind kind) {
        return hearers.getOrDefault(kind, List.of());
    }
}
