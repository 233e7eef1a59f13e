package io.qlikbridge.lease;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the way back to the tenant for what was issued there earlier. */
@Component
public class OwnerResolver {

    private final Connections connections;
    private final LocalUsers users;
    private final Subjects subjects;

    public OwnerResolver(Connections connections, LocalUsers users, Subjects subjects) {
        this.connections = connections;
        this.users = users;
        this.subjects = subjects;
    }

    /** The connection at the host where the lease was issued; empty when the connection is gone. */
    public Optional<Connection> connection(LeaseOwner owner) {
        return connections.find(owner.connection()).map(connection -> connection.at(owner.host()));
    }

    /**
     * Whom to sign in to see to what is left of an owner: the user as it is now, or, where that is no longer this subject,
     * nobody's name and groups. So nothing is asserted of a subject that is not true of it today.
     */
    public Subject subject(Connection connection, LeaseOwner owner) {
        return users.find(owner.username())
                .flatMap(user -> present(connection, user))
                .filter(subject -> subject.value().equals(owner.subject()))
                .orElseGet(() -> bare(owner));
    }

    /** Whether the user, however it is called by now, is this subject today. */
    public boolean isStill(UUID user, LeaseOwner owner) {
        return connection(owner)
                .flatMap(connection -> users.find(user).flatMap(found -> present(connection, found)))
                .filter(subject -> subject.value().equals(owner.subject()))
                .isPresent();
    }

    private Optional<Subject> present(Connection connection, LocalUser user) {
        return subjects.present(connection, user);
    }

    private static Subject bare(LeaseOwner owner) {
        UUID nobody = new UUID(0, 0);
        return new Subject(
                new LocalUser(nobody, owner.username(), null, null, false, List.of(), false), owner.subject());
    }
}
