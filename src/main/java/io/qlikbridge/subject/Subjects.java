package io.qlikbridge.subject;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeAwareCache;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.SubjectPolicy;
import io.qlikbridge.peek.Peek;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.ProblemCode;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells who a local user is at a connection. */
@Component
public class Subjects {

    private static final String USERNAME = "{username}";
    private static final String EMAIL = "{email}";

    private final LocalUserStore userStore;
    private final LocalUsers users;
    private final SubjectStore store;
    private final ChangeAwareCache<Seat, Known> cache;

    Subjects(LocalUserStore userStore, LocalUsers users, SubjectStore store, ChangeFeed changes) {
        this.userStore = userStore;
        this.users = users;
        this.store = store;
        this.cache = changes.cache(Change.OfSubject.class, changes.ofUsers(), Subjects::forget);
    }

    /**
     * The mapped subject of an enabled user, or else what the connection's template makes.
     *
     * @throws BridgeException {@code user-disabled}; {@code subject-not-mapped} when the connection serves mapped users
     *     alone, its template wants an e-mail address that the user has not verified, or it gives a subject that
     *     another user is mapped to or has, compared as {@link QlikSpelling}
     */
    public Subject of(Connection connection, LocalUser user) {
        requireEnabled(user);
        return of(connection, user, store.mapping(user.id(), connection.id()), true);
    }

    /** The same for who only wants to know: the user does not come to a subject by it. Empty for who has none. */
    public Optional<Subject> present(Connection connection, LocalUser user) {
        try {
            requireEnabled(user);
            return Optional.of(of(connection, user, store.mapping(user.id(), connection.id()), false));
        } catch (BridgeException none) {
            return Optional.empty();
        }
    }

    /** That a user is still the subject that was read, to be asked of the database. */
    public StillSubject still(Connection connection, Subject subject) {
        return new StillSubject(connection, subject, isByTemplate(connection, subject));
    }

    private static boolean isByTemplate(Connection connection, Subject subject) {
        try {
            return byTemplate(connection, subject.user()).equals(subject.value());
        } catch (BridgeException mappedAlone) {
            return false;
        }
    }

    private static void requireEnabled(LocalUser user) {
        if (!user.enabled()) {
            throw new BridgeException(
                    ProblemCode.USER_DISABLED,
                    "User " + user.username() + " is disabled. An admin can enable it again.");
        }
    }

    private Subject of(Connection connection, LocalUser user, Optional<String> mapping, boolean claim) {
        return mapping.map(mapped -> new Subject(user, whole(connection, user, mapped, mapped)))
                .orElseGet(() -> new Subject(user, unmapped(connection, user, claim)));
    }

    /**
     * The same, perhaps from the cache, while the connection is as it was and this very user is what is cached of it: each
     * change of a user, and of what it is mapped to, makes another object of it.
     */
    public Subject cached(Connection connection, LocalUser user) {
        Seat seat = new Seat(connection.id(), user.id());
        Known known = known(seat, connection, user);
        if (!known.isOf(connection, user)) {
            cache.forget(seat, known);
            known = known(seat, connection, user);
        }
        if (known.isOf(connection, user)) {
            return known.subject();
        }
        Peek.requireNone();
        return of(connection, user);
    }

    private Known known(Seat seat, Connection connection, LocalUser user) {
        return cache.get(seat, absent -> Optional.of(Known.of(connection, read(connection, user))))
                .orElseThrow();
    }

    /** By the mapping that came with the user, where it did. */
    private Subject read(Connection connection, LocalUser user) {
        requireEnabled(user);
        Map<ConnectionId, String> known = users.subjectsOf(user).orElse(null);
        Optional<String> mapping = known == null
                ? store.mapping(user.id(), connection.id())
                : Optional.ofNullable(known.get(connection.id()));
        return of(connection, user, mapping, true);
    }

    /** A user at a connection. */
    private record Seat(ConnectionId connection, UUID user) {}

    /** @param key of the subject */
    private record Known(Connection connection, Subject subject, String key) {

        static Known of(Connection connection, Subject subject) {
            return new Known(connection, subject, QlikSpelling.key(subject.value()));
        }

        boolean isOf(Connection asked, LocalUser user) {
            return subject.user() == user && (connection == asked || connection.equals(asked));
        }
    }

    /** Whoever is the subject without being mapped to it may not be it any more. */
    private static void forget(ChangeAwareCache<Seat, Known> cache, Change.OfSubject change) {
        String key = QlikSpelling.key(change.subject());
        cache.forgetIf((seat, known) -> seat.connection().value().equals(change.connection())
                && (known.key().equals(key) || known.key().equals(change.subject())));
    }

    private String unmapped(Connection connection, LocalUser user, boolean claim) {
        String subject = byTemplate(connection, user);
        String key = QlikSpelling.key(subject);
        SubjectStore.Standing standing = standing(connection, key, claim ? user.id() : null);
        if (standing.mapped()) {
            // a name can be chosen, so it must not make its bearer somebody an admin has named
            throw notMapped(connection, user, "its subject template gives a subject that another user is mapped to");
        }
        UUID holder = standing.holder();
        if (user.id().equals(holder)) {
            return subject;
        }
        if (holder != null && isOf(holder, connection, key)) {
            throw taken(connection, user);
        }
        if (claim
                && store.claim(connection.id(), key, user.id(), holder)
                        .filter(user.id()::equals)
                        .isEmpty()) {
            throw taken(connection, user);
        }
        return subject;
    }

    private SubjectStore.Standing standing(Connection connection, String key, @Nullable UUID claimant) {
        SubjectStore.Standing standing = store.standing(connection.id(), key, claimant);
        if (!standing.unspelled()) {
            return standing;
        }
        store.spell();
        return store.standing(connection.id(), key, claimant);
    }

    /** Whether the template still makes a user of this id the subject, and may. */
    private boolean isOf(UUID holder, Connection connection, String key) {
        return userStore
                .find(holder)
                .filter(other -> other.user().enabled() && !other.subjects().containsKey(connection.id()))
                .filter(other -> makes(connection, other.user(), key))
                .isPresent();
    }

    private static boolean makes(Connection connection, LocalUser user, String key) {
        try {
            return QlikSpelling.key(byTemplate(connection, user)).equals(key);
        } catch (BridgeException notAnyMore) {
            return false;
        }
    }

    private static BridgeException taken(Connection connection, LocalUser user) {
        return notMapped(
                connection,
                user,
                "its subject template gives a subject that another user has, or that Qlik takes for the same");
    }

    private static String byTemplate(Connection connection, LocalUser user) {
        if (connection.subjects() == SubjectPolicy.MAPPED_ONLY) {
            throw notMapped(connection, user, "the connection serves mapped users only");
        }
        String template = connection.subjectTemplate();
        String email = user.email();
        if (template.contains(EMAIL) && (email == null || !user.emailVerified())) {
            // an address nobody has verified may be another person's
            throw notMapped(
                    connection, user, "its subject template needs a verified e-mail address, and the user has none");
        }
        // one pass over the template, so that a username holding {email} stays what it is
        StringBuilder subject = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            if (template.startsWith(USERNAME, at)) {
                subject.append(user.username());
                at += USERNAME.length();
            } else if (template.startsWith(EMAIL, at)) {
                subject.append(email);
                at += EMAIL.length();
            } else {
                subject.append(template.charAt(at++));
            }
        }
        return whole(connection, user, subject.toString(), template);
    }

    private static String whole(Connection connection, LocalUser user, String subject, String written) {
        try {
            return connection.settings().subject(subject, written);
        } catch (InvalidValue nobody) {
            throw notMapped(
                    connection,
                    user,
                    "its mapping or the subject template gives a subject that " + nobody.getMessage());
        }
    }

    private static BridgeException notMapped(Connection connection, LocalUser user, String because) {
        return new BridgeException(
                ProblemCode.SUBJECT_NOT_MAPPED,
                "User " + user.username() + " has no subject on connection " + connection.id() + ": " + because
                        + ". Give the user one in \"subjects\".");
    }
}
