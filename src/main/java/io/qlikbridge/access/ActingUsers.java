package io.qlikbridge.access;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.caller.Profile;
import io.qlikbridge.client.AccessProperties;
import io.qlikbridge.client.ClientUsers;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.username.Username;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides for which user the present caller acts. */
@Component
public class ActingUsers {

    /** The query parameter that names a user. */
    public static final String PARAMETER = "user";

    private final Callers callers;
    private final LocalUsers users;
    private final AccessProperties properties;

    ActingUsers(Callers callers, LocalUsers users, AccessProperties properties) {
        this.callers = callers;
        this.users = users;
        this.properties = properties;
    }

    /**
     * The user that the caller of this request acts for. Whether the user is disabled is for others to see.
     *
     * @param connection where it is to act; that it may is looked at before all else, so that a caller who is limited to
     *     others cannot tell whether there is such a connection
     * @param named in the body's property {@code user}; a person may leave it out
     * @throws BridgeException {@code invalid-request} when a client names nobody; {@code forbidden} when the caller may
     *     not act for the named user, also when there is no such user, or not at this connection; {@code user-not-found}
     */
    public LocalUser of(ConnectionId connection, @Nullable Username named) {
        return of(connection, named, "#/user", users::find);
    }

    /**
     * The same, perhaps from the cache, as {@link LocalUsers#cached}.
     *
     * @param pointer where a client names the user, to say so
     */
    public LocalUser cached(ConnectionId connection, @Nullable Username named, String pointer) {
        return of(connection, named, pointer, users::cached);
    }

    /**
     * The user that the values of the query parameter {@value #PARAMETER} name; {@code null} for none.
     *
     * @throws BridgeException {@code invalid-request} for more than one, or for what is no username
     */
    public static @Nullable Username named(String @Nullable [] values) {
        if (values == null || values.length == 0) {
            return null;
        }
        if (values.length > 1) {
            throw BridgeException.invalid(PARAMETER, "is given more than once");
        }
        try {
            return new Username(values[0]);
        } catch (InvalidValue refused) {
            throw BridgeException.invalid(PARAMETER, String.valueOf(refused.getMessage()));
        }
    }

    /**
     * The user that the client of this request acts for because it shows a token of the person. Made at first sight, as if the
     * person came with it.
     *
     * @throws PersonRefused when the user of that name is another person, or nobody can have the name
     * @throws BridgeException {@code forbidden} when the client may not act for the user, or the client or the person not at this
     *     connection; {@code user-not-found}
     */
    public LocalUser shown(ConnectionId connection, Caller.Client client, Caller.Person person) {
        RefusalEvents.note(person.username());
        requireAllowed(client, connection);
        LocalUser user = ofClient(client, person.username(), PARAMETER, name -> {
            // a client that may not act for the user is told nothing else about it
            if (users.find(name).map(client.allowed()::allows).orElse(true)) {
                admit(person);
            }
            return users.find(name);
        });
        requireAllowed(person, connection);
        return user;
    }

    private void admit(Caller.Person person) {
        try {
            users.signedIn(person.username(), person.identity());
            sight(person);
        } catch (BridgeException refused) {
            throw refused.code() == ProblemCode.FORBIDDEN ? new PersonRefused(refused) : refused;
        }
    }

    private LocalUser of(
            ConnectionId connection,
            @Nullable Username named,
            String pointer,
            Function<Username, Optional<LocalUser>> find) {
        Caller caller = callers.current();
        if (named != null) {
            RefusalEvents.note(named);
        }
        requireAllowed(caller, connection);
        return switch (caller) {
            case Caller.Person person -> ofPerson(person, named, find);
            case Caller.Client client -> ofClient(client, named, pointer, find);
        };
    }

    private static void requireAllowed(Caller caller, ConnectionId connection) {
        if (!caller.connections().allows(connection)) {
            throw new BridgeException(
                    ProblemCode.FORBIDDEN,
                    caller.name() + " may not use connection " + connection
                            + ", whether there is one or not. GET /api/v1/me shows which it may.");
        }
    }

    /** Makes the person's local user if this is the first time it is seen and users are made by themselves. */
    void sight(Caller.Person person) {
        if (properties.autoProvision()) {
            Profile profile = person.profile();
            users.provision(
                    person.username(),
                    person.identity(),
                    profile.name(),
                    profile.email(),
                    profile.emailVerified(),
                    profile.groups());
        }
    }

    private LocalUser ofPerson(
            Caller.Person person, @Nullable Username named, Function<Username, Optional<LocalUser>> find) {
        if (named != null && !named.equals(person.username())) {
            throw new BridgeException(
                    ProblemCode.FORBIDDEN,
                    "A person acts for itself alone: leave \"user\" out, or send " + person.username() + ".");
        }
        RefusalEvents.note(person.username());
        sight(person);
        return find.apply(person.username())
                .orElseThrow(() -> new BridgeException(
                        ProblemCode.USER_NOT_FOUND,
                        "There is no user " + person.username()
                                + ", as whom you are signed in. An admin can add it with"
                                + " POST /api/v1/users, or switch bridge.access.auto-provision on."));
    }

    private LocalUser ofClient(
            Caller.Client client,
            @Nullable Username named,
            String pointer,
            Function<Username, Optional<LocalUser>> find) {
        if (named == null) {
            throw BridgeException.invalid(pointer, "is missing: a client names the user it acts for");
        }
        ClientUsers allowed = client.allowed();
        if (allowed.everyone() || allowed.byName(named)) {
            return find.apply(named).orElseThrow(() -> LocalUsers.notFound(named));
        }
        if (!allowed.anyGroup()) {
            throw forbidden(client, named);
        }
        return find.apply(named).filter(allowed::byGroup).orElseThrow(() -> forbidden(client, named));
    }

    private static BridgeException forbidden(Caller.Client client, Username named) {
        return new BridgeException(
                ProblemCode.FORBIDDEN,
                "Client " + client.name() + " may not act for user " + named
                        + ". GET /api/v1/me shows for whom it may.");
    }
}
