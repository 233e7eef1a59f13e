package io.qlikbridge.changes;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What there is news of. The triggers of the database's tables call each kind by the same word, in lower case. */
public enum ChangeType {

    /** A connection; its id. */
    CONNECTION,

    /** A local user, or a subject of it; the username, of a renamed one both. */
    USER,

    /** A user was given a subject; the connection's id, a slash, and the subject. */
    SUBJECT,

    /**
     * The leases of a user on a connection; the connection's id, a slash, and the user's id. The database adds a slash and
     * the transaction that wrote it, the {@code xmin} of the row.
     */
    LEASE,

    /** A client of the bridge; its row. */
    CLIENT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ChangeType> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
