package io.qlikbridge.subject;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.username.Username;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps local users and their subjects. */
@Component
public class LocalUserStore {

    private final LocalUserRepository rows;
    private final ApplicationEventPublisher events;
    private final ChangeFeed changes;
    private final DepartedUsers departed;

    LocalUserStore(
            LocalUserRepository rows, ApplicationEventPublisher events, ChangeFeed changes, DepartedUsers departed) {
        this.rows = rows;
        this.departed = departed;
        this.events = events;
        this.changes = changes;
    }

    @Transactional(readOnly = true)
    public Optional<LocalUser> find(Username username) {
        return rows.findByUsername(username.value()).map(LocalUserRow::user);
    }

    /** Keeps which person the user is, unless somebody was faster. */
    @Transactional
    void keepIdentity(LocalUser user, Identity identity) {
        if (rows.setIdentity(user.id(), identity.issuer(), identity.subject()) > 0) {
            changes.changed(new Change.OfUser(user.username().value()));
        }
    }

    /** Forgets which person the user is; tells whether there is such a user. */
    @Transactional
    public boolean release(UUID id) {
        Optional<MappedUser> before = rows.findById(id).map(LocalUserRow::mapped);
        before.ifPresent(user -> {
            rows.clearIdentity(id);
            if (user.identity() != null) {
                events.publishEvent(UserUpdated.of(user, user.identity(null)));
            }
            changes.changed(new Change.OfUser(user.user().username().value()));
        });
        return before.isPresent();
    }

    @Transactional(readOnly = true)
    public Optional<MappedUser> find(UUID id) {
        return rows.findById(id).map(LocalUserRow::mapped);
    }

    /**
     * At most {@code limit} users in the order of their names, behind {@code after}.
     *
     * @param username the only one that is looked for; empty for any
     * @param query what the username, name or e-mail address contains, in either case; empty for any
     */
    @Transactional(readOnly = true)
    public List<MappedUser> search(String username, String query, String after, int limit) {
        String literal = query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return rows.search(username, literal, after, limit).stream()
                .map(LocalUserRow::mapped)
                .toList();
    }

    /** @throws org.springframework.dao.DataIntegrityViolationException when the username is taken */
    @Transactional
    public void add(MappedUser user) {
        rows.saveAndFlush(new LocalUserRow(user, null));
        departed.readmit(user.user().username());
        events.publishEvent(new UserCreated(user.user().id(), user.user().username(), UserFacts.of(user)));
        user.subjects().forEach(this::given);
    }

    /**
     * Replaces the user, unless it is gone.
     *
     * @param replaced told of the user as it is then, inside the transaction
     * @throws org.springframework.dao.DataIntegrityViolationException when the username is taken
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody else changed it meanwhile
     */
    @Transactional
    public Optional<MappedUser> replace(UUID id, Function<MappedUser, MappedUser> next, Consumer<MappedUser> replaced) {
        return rows.findById(id).map(present -> {
            MappedUser before = present.mapped();
            MappedUser user = next.apply(before).identity(before.identity());
            rows.saveAndFlush(new LocalUserRow(user, present.version()));
            if (!user.equals(before)) {
                events.publishEvent(UserUpdated.of(before, user));
            }
            replaced.accept(user);
            changes.changed(new Change.OfUser(before.user().username().value()));
            changes.changed(new Change.OfUser(user.user().username().value()));
            given(before, user);
            return user;
        });
    }

    /** Deletes the user with its subjects; tells whether it was there. */
    @Transactional
    public boolean delete(UUID id) {
        Optional<MappedUser> present = rows.findById(id).map(LocalUserRow::mapped);
        boolean deleted = rows.deleteRow(id) > 0;
        if (deleted) {
            present.ifPresent(user -> {
                Username username = user.user().username();
                departed.add(username, user.identity());
                events.publishEvent(new UserDeleted(id, username, UserFacts.of(user)));
                changes.changed(new Change.OfUser(username.value()));
            });
        }
        return deleted;
    }

    private void given(MappedUser before, MappedUser after) {
        after.subjects().forEach((connection, subject) -> {
            if (!subject.equals(before.subjects().get(connection))) {
                given(connection, subject);
            }
        });
    }

    private void given(ConnectionId connection, String subject) {
        changes.changed(new Change.OfSubject(connection.value(), subject));
    }

    /**
     * Adds the user unless somebody has done so meanwhile, and answers who is there then.
     *
     * @throws BridgeException {@code user-not-found} when an admin has deleted the person, or a user of this name
     */
    @Transactional
    MappedUser provision(
            Username username,
            Identity identity,
            @Nullable String name,
            @Nullable String email,
            boolean emailVerified,
            List<String> groups,
            Instant now) {
        UUID id = Generators.timeBasedEpochGenerator().generate();
        int added = rows.insertIfAbsent(
                id,
                username.value(),
                name,
                email,
                emailVerified,
                groups.toArray(String[]::new),
                now,
                identity.issuer(),
                identity.subject());
        if (added > 0) {
            // behind the insert, which may have waited for whoever was just deleting a user of this name
            if (departed.has(username, identity)) {
                throw new BridgeException(
                        ProblemCode.USER_NOT_FOUND,
                        "An admin has deleted user " + username + ", who is not made again by signing in. An admin can"
                                + " add it with POST /api/v1/users, or by an import.");
            }
        }
        MappedUser user =
                rows.findByUsername(username.value()).map(LocalUserRow::mapped).orElseThrow();
        if (added > 0) {
            events.publishEvent(new UserCreated(id, username, UserFacts.of(user.user())));
        }
        return user;
    }
}
