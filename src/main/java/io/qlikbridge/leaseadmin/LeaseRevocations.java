package io.qlikbridge.leaseadmin;

import io.qlikbridge.client.PresentClients;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.lease.HandOutStore;
import io.qlikbridge.lease.LeaseScope;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.revocation.Revocation;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.username.Username;
import org.springframework.stereotype.Component;

/** Ends leases at an admin's wish. */
@Component
public class LeaseRevocations {

    private static final String REASON = "revoked by an admin";

    private final LeaseListStore leases;
    private final Revocation revocation;
    private final Connections connections;
    private final LocalUsers users;
    private final PresentClients clients;
    private final HandOutStore handOuts;

    LeaseRevocations(
            LeaseListStore leases,
            Revocation revocation,
            Connections connections,
            LocalUsers users,
            PresentClients clients,
            HandOutStore handOuts) {
        this.leases = leases;
        this.revocation = revocation;
        this.connections = connections;
        this.users = users;
        this.clients = clients;
        this.handOuts = handOuts;
    }

    /**
     * Ends a lease, at once for whoever uses the bridge. It is over once the tenant has agreed, too.
     *
     * @return the lease as it is by now
     * @throws BridgeException {@code lease-not-found}, also for what cannot be an id
     */
    public LeaseView revoke(String id) {
        LeaseView lease = leases.of(id);
        revocation.revoke(LeaseScope.of(lease.id()), REASON);
        return leases.find(lease.id()).orElse(lease);
    }

    /**
     * Ends all leases that are meant.
     *
     * @throws BridgeException when nothing is named, or what is named is not there
     */
    public Revoked revokeAll(RevocationWish wish) {
        LeaseScope scope = checked(wish);
        revocation.begin(scope, REASON);
        // those included that were out of use already
        long meant = revocation.pending(scope);
        revocation.endBegun(scope);
        long pending = revocation.pending(scope);
        return new Revoked(Math.max(0, meant - pending), pending);
    }

    /**
     * How many of those that are meant the tenant may still take; what is out of use, and the tenant was not told of, is one of them.
     *
     * @throws BridgeException when nothing is named, or what is named is not there
     */
    public long living(RevocationWish wish) {
        return revocation.living(checked(wish));
    }

    private LeaseScope checked(RevocationWish wish) {
        if (wish.isEmpty()) {
            throw BridgeException.invalid(
                    "#",
                    "names a connection, a user, a client, or several of them: nothing is revoked for everybody at once");
        }
        if (wish.connection() != null) {
            connections.of(wish.connection());
        }
        if (wish.client() != null) {
            requireKnown(wish.client());
        }
        return scope(wish);
    }

    /** A client that is gone is known by what it was handed. */
    private void requireKnown(String client) {
        if (!clients.canBe(client)) {
            throw BridgeException.invalid("#/client", "is the id of a client");
        }
        if (!clients.contains(client) && !handOuts.knows(client)) {
            throw new BridgeException(
                    ProblemCode.CLIENT_NOT_FOUND,
                    "There is no such client, and no lease is known that one of this id was handed.");
        }
    }

    /** The name is that of whoever has it now: what was issued to them under another one is theirs all the same. */
    private LeaseScope scope(RevocationWish wish) {
        Username name = wish.user();
        if (name == null) {
            return new LeaseScope(null, null, null, wish.connection(), wish.client());
        }
        LocalUser user = users.find(name).orElse(null);
        if (user == null && !leases.isKnown(name)) {
            throw new BridgeException(
                    ProblemCode.USER_NOT_FOUND,
                    "There is no user " + name + ", and no lease of one who was."
                            + leases.renamed(name)
                                    .map(now -> " Whoever had that name is called " + now + " now.")
                                    .orElse(""));
        }
        return LeaseScope.ofName(user, name, wish.connection()).handedAlsoTo(wish.client());
    }

    /**
     * @param revoked how many the tenant has ended now
     * @param pending how many it could not be told of yet; that goes on in the background
     */
    public record Revoked(long revoked, long pending) {}
}
