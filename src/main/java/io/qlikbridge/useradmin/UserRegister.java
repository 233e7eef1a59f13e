package io.qlikbridge.useradmin;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violations;
import io.qlikbridge.subject.LocalUserStore;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.subject.UserLeases;
import io.qlikbridge.username.Username;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** The users as admins keep them. A user's credentials end when it is disabled or goes. */
@Component
public class UserRegister {

    private static final String ONE_OF_A_NAME = "local_user_username_key";

    private final UserReader reader;
    private final LocalUserStore store;
    private final ObjectProvider<UserLeases> leases;
    private final Clock clock;

    UserRegister(UserReader reader, LocalUserStore store, ObjectProvider<UserLeases> leases, Clock clock) {
        this.reader = reader;
        this.store = store;
        this.leases = leases;
        this.clock = clock;
    }

    /** The user of this id, or {@code user-not-found}, also for what cannot be an id. */
    public MappedUser of(String id) {
        return of(id(id));
    }

    private MappedUser of(UUID id) {
        return store.find(id).orElseThrow(() -> notFound(id.toString()));
    }

    /**
     * @param username the only one that is asked for
     * @param query what the username, name or e-mail address contains
     */
    public Page<MappedUser> page(@Nullable String username, @Nullable String query, PageQuery page) {
        Violations violations = new Violations();
        violations.read(username, "username", Username::new);
        violations.require(query == null || PlainText.isPlain(query), "query", "has no control characters");
        violations.throwIfAny();
        List<MappedUser> found = store.search(
                Objects.requireNonNullElse(username, ""),
                Objects.requireNonNullElse(query, ""),
                page.key(),
                page.size() + 1);
        return page.page(found, mapped -> mapped.user().username().value());
    }

    /** Adds a user, or tells all that is wrong with it by {@code invalid-request}, or {@code user-exists}. */
    public MappedUser add(UserRequest request) {
        MappedUser user = reader.read(Generators.timeBasedEpochGenerator().generate(), request, now(), null);
        return unique(user, () -> {
            store.add(user);
            return user;
        });
    }

    /** Replaces the user of this id; its time of creation stays. Fails as {@link #of} and {@link #add}. */
    public MappedUser replace(String id, UserRequest request) {
        MappedUser present = of(id);
        UUID user = present.user().id();
        return replace(reader.read(user, request, now(), present.user().username()));
    }

    private MappedUser replace(MappedUser user) {
        UUID id = user.user().id();
        MappedUser replaced = unique(
                user,
                () -> store.replace(id, before -> user.createdAt(before.createdAt()), this::endFormerLeases)
                        .orElseThrow(() -> notFound(id.toString())));
        if (!replaced.user().enabled()) {
            // also when it was disabled before: what kept the first try from ending a credential may be over
            leases.ifAvailable(issued -> issued.revoke(id));
        }
        return replaced;
    }

    /** A user who is somebody else at a tenant from now on does not go on as the former one. */
    private void endFormerLeases(MappedUser user) {
        leases.ifAvailable(issued -> issued.endFormer(List.of(user.user().id())));
    }

    /** Deletes a user. It is disabled first, so that nothing is issued to it between the end of its credentials and its own. */
    public void delete(String user) {
        UUID id = id(user);
        store.replace(id, MappedUser::disabled, disabled -> {}).orElseThrow(() -> notFound(id.toString()));
        leases.ifAvailable(issued -> issued.revoke(id));
        store.delete(id);
    }

    /** Forgets which person signs in as the user: the next one who does is kept. */
    public void release(String id) {
        if (!store.release(id(id))) {
            throw notFound(id);
        }
    }

    private static UUID id(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException notOurs) {
            throw notFound(id);
        }
    }

    /** PostgreSQL keeps microseconds: what is answered now is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static BridgeException notFound(String id) {
        return new BridgeException(
                ProblemCode.USER_NOT_FOUND,
                "There is no user of id " + id + ". GET /api/v1/users?username= finds one.");
    }

    private static MappedUser unique(MappedUser user, Supplier<MappedUser> stored) {
        try {
            return stored.get();
        } catch (DataIntegrityViolationException refused) {
            if (refused.getCause() instanceof ConstraintViolationException violation
                    && ONE_OF_A_NAME.equals(violation.getConstraintName())) {
                throw new BridgeException(
                        ProblemCode.USER_EXISTS,
                        "There is a user " + user.user().username()
                                + " already. Replace it, or choose another username.");
            }
            // the only other thing a user refers to
            throw new BridgeException(
                    ProblemCode.CONFLICT, "A connection named in \"subjects\" was deleted meanwhile. Leave it out.");
        }
    }
}
