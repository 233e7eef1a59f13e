package io.qlikbridge.changes;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change in the database, as the triggers of its tables tell of it. */
public sealed interface Change {

    /** What there is a change of. */
    ChangeType type();

    /** A connection, by its id. */
    record OfConnection(String id) implements Change {

        @Override
        public ChangeType type() {
            return ChangeType.CONNECTION;
        }
    }

    /** A local user, or what it is mapped to, by the username; of one that was renamed by both names. */
    record OfUser(String username) implements Change {

        @Override
        public ChangeType type() {
            return ChangeType.USER;
        }
    }

    /** A user was given a subject, or lost it. */
    record OfSubject(String connection, String subject) implements Change {

        @Override
        public ChangeType type() {
            return ChangeType.SUBJECT;
        }
    }

    /**
     * The leases of a user on a connection.
     *
     * @param transaction what wrote it, as the {@code xmin} of the row; {@code null} where this replica tells itself without knowing
     */
    record OfLease(String connection, UUID user, @Nullable Long transaction) implements Change {

        @Override
        public ChangeType type() {
            return ChangeType.LEASE;
        }
    }

    /** A client of the bridge, by the id of its row. */
    record OfClient(String row) implements Change {

        @Override
        public ChangeType type() {
            return ChangeType.CLIENT;
        }
    }

    /** Too many of one type to name each, or some that were missed: any of them may have changed. */
    record OfAll(ChangeType type) implements Change {}

    /**
     * Reads what the database tells.
     *
     * @param word of the type
     * @param about what was changed, or {@code *}
     * @return empty for a type that is not known
     * @throws IllegalArgumentException when what was changed is not named as this type is
     */
    static Optional<Change> read(String word, String about) {
        return ChangeType.of(word).map(type -> about.equals("*") ? new OfAll(type) : read(type, about));
    }

    private static Change read(ChangeType type, String about) {
        String[] parts = about.split("/", type == ChangeType.SUBJECT ? 2 : -1);
        return switch (type) {
            case CONNECTION -> new OfConnection(about);
            case USER -> new OfUser(about);
            case CLIENT -> new OfClient(about);
            case SUBJECT -> {
                require(parts.length == 2);
                yield new OfSubject(parts[0], parts[1]);
            }
            case LEASE -> {
                require(parts.length == 2 || parts.length == 3);
                yield new OfLease(
                        parts[0], UUID.fromString(parts[1]), parts.length == 2 ? null : Long.valueOf(parts[2]));
            }
        };
    }

    private static void require(boolean wellFormed) {
        if (!wellFormed) {
            throw new IllegalArgumentException("The change is not named as its type is");
        }
    }
}
