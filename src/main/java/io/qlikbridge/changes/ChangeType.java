package io.qlikbridge.changes;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What there are changes of. The triggers of the database's tables call each by the same word, in lower case. */
public enum ChangeType {
    CONNECTION(Change.OfConnection.class),
    USER(Change.OfUser.class),
    SUBJECT(Change.OfSubject.class),
    LEASE(Change.OfLease.class),
    CLIENT(Change.OfClient.class);

    private final Class<? extends Change> changes;

    ChangeType(Class<? extends Change> changes) {
        this.changes = changes;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ChangeType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    static ChangeType of(Class<? extends Change> changes) {
        return Arrays.stream(values())
                .filter(type -> type.changes.equals(changes))
                .findFirst()
                .orElseThrow();
    }
}
