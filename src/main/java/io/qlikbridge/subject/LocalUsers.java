package io.qlikbridge.subject;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeAwareCache;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.peek.Peek;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.username.NewUsername;
import io.qlikbridge.username.UserRules;
import io.qlikbridge.username.Username;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The users on our side. */
@Component
public class LocalUsers {

    private final LocalUserStore store;
    private final MappedUserReader reader;
    private final Clock clock;
    private final ChangeAwareCache<Username, MappedUser> cache;

    LocalUsers(LocalUserStore store, MappedUserReader reader, Clock clock, ChangeFeed changes) {
        this.store = store;
        this.reader = reader;
        this.clock = clock;
        this.cache = changes.cache(Change.OfUser.class, changes.ofUsers(), change -> new Username(change.username()));
    }

    /** The user of this name, or {@code user-not-found}. */
    public LocalUser of(Username username) {
        return find(username).orElseThrow(() -> notFound(username));
    }

    /** The user of this id, whatever its name is by now. */
    public Optional<LocalUser> find(UUID id) {
        return store.find(id).map(MappedUser::user);
    }

    public Optional<LocalUser> find(Username username) {
        return store.find(username);
    }

    /**
     * The same, perhaps from the cache: as it is, or was a moment ago. For what is read at every request; whoever is about to
     * issue something reads what is there.
     */
    public Optional<LocalUser> cached(Username username) {
        return known(username).map(MappedUser::user);
    }

    /**
     * The user as whom a person signs in, perhaps from the cache. The first person who does is kept as the one whom the user is, over
     * all replicas.
     *
     * @return nothing when there is no user of this name
     * @throws BridgeException {@code forbidden} when the user is another person: names can be given anew, or chosen
     */
    public Optional<LocalUser> signedIn(Username username, Identity person) {
        Optional<MappedUser> known = known(username);
        return known.map(user -> person.equals(user.identity()) ? user.user() : first(user.user(), person));
    }

    private LocalUser first(LocalUser user, Identity person) {
        Peek.requireNone();
        store.keepIdentity(user, person);
        cache.forget(user.username());
        MappedUser known = known(user.username()).orElseThrow(() -> notFound(user.username()));
        if (!person.equals(known.identity())) {
            throw anotherPerson(user.username());
        }
        return known.user();
    }

    /**
     * The user of this name, made from what an identity provider says of it if it is new. One that is there already is
     * left as the admin made it. What a user may not hold, such as an e-mail address with two {@code @}, is left out: the
     * person who signs in could not change it. Safe to call at once from several replicas.
     *
     * @throws BridgeException {@code user-not-found} when an admin has deleted the person, or a user of this name;
     *     {@code forbidden} when the user is another person
     */
    public LocalUser provision(
            Username username,
            Identity person,
            @Nullable String name,
            @Nullable String email,
            boolean emailVerified,
            List<String> groups) {
        return signedIn(username, person).orElseGet(() -> {
            requireNew(username);
            String address = UserRules.kept(email, UserRules::email);
            MappedUser made = store.provision(
                    username,
                    person,
                    UserRules.kept(name, UserRules::text),
                    address,
                    emailVerified && address != null,
                    UserRules.keptGroups(groups),
                    clock.instant().truncatedTo(ChronoUnit.MICROS));
            return person.equals(made.identity()) ? made.user() : first(made.user(), person);
        });
    }

    /** What this very user is mapped to, where it is cached; empty where that has to be read. */
    Optional<Map<ConnectionId, String>> subjectsOf(LocalUser user) {
        return cache.get(user.username(), absent -> Optional.empty())
                .filter(known -> known.user() == user)
                .map(MappedUser::subjects);
    }

    private Optional<MappedUser> known(Username username) {
        return cache.get(username, reader::find);
    }

    private static BridgeException anotherPerson(Username username) {
        return new BridgeException(
                ProblemCode.FORBIDDEN,
                "User " + username
                        + " is another person at the identity provider: the access token has another \"iss\" or"
                        + " \"sub\" than the first one of this name. If the name was given to you on purpose, an admin"
                        + " releases it with DELETE /api/v1/users/{id}/identity.");
    }

    /** As it is, and not made another: an identity provider that tells two spellings apart means two people by them. */
    private static void requireNew(Username username) {
        String fault = NewUsername.fault(username.value()).orElse(null);
        if (fault == null && !NewUsername.of(username.value()).equals(username)) {
            fault = "is composed (Unicode NFC)";
        }
        if (fault != null) {
            throw new BridgeException(
                    ProblemCode.FORBIDDEN,
                    "The name that the identity provider gives, " + username
                            + ", is not taken for a new user: a username " + fault + ".");
        }
    }

    /** {@code user-not-found}. */
    public static BridgeException notFound(Username username) {
        return new BridgeException(
                ProblemCode.USER_NOT_FOUND,
                "There is no user " + username + "."
                        + NewUsername.fault(username.value())
                                .map(fault -> " A username " + fault + ".")
                                .orElse(""));
    }
}
