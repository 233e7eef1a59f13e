package io.qlikbridge.leaseadmin;

import io.qlikbridge.client.PresentClients;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.lease.HandOutStore;
import io.qlikbridge.lease.LeaseScope;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.revocation.Revocation;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.username.Username;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Ends leases at an admin's wish. */
@RestController
class RevocationController {

    private static final String REASON = "revoked by an admin";

    private static final Set<LeaseState> OVER = Set.of(LeaseState.REVOKED, LeaseState.EXPIRED, LeaseState.FAILED);

    private final LeaseListStore leases;
    private final Revocation revocation;
    private final Connections connections;
    private final LocalUsers users;
    private final PresentClients clients;
    private final HandOutStore handOuts;

    RevocationController(
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

    /** 204 once the tenant has agreed, or there is nothing left to end; 202 while it has not. */
    @DeleteMapping("/api/v1/leases/{id}")
    ResponseEntity<LeaseView> revoke(@PathVariable String id) {
        LeaseView lease = leases.of(id);
        revocation.revoke(LeaseScope.of(lease.id()), REASON);
        LeaseView now = leases.find(lease.id()).orElse(lease);
        return OVER.contains(now.state())
                ? ResponseEntity.noContent().build()
                : ResponseEntity.status(HttpStatus.ACCEPTED).body(now);
    }

    @PostMapping("/api/v1/leases/revoke")
    Revoked revokeAll(@RequestBody Wish wish) {
        if (wish.connection() == null && wish.user() == null && wish.client() == null) {
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
        LeaseScope scope = scope(wish);
        revocation.begin(scope, REASON);
        // those included that were out of use already
        long meant = revocation.pending(scope);
        revocation.endBegun(scope);
        long pending = revocation.pending(scope);
        return new Revoked(Math.max(0, meant - pending), pending);
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
    private LeaseScope scope(Wish wish) {
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
     * @param user the username; those whose user was deleted have one, too
     * @param client the id of a client, deleted or not: what it was handed
     */
    record Wish(
            @Nullable ConnectionId connection,
            @Nullable Username user,
            @Nullable String client) {}

    /**
     * @param revoked how many the tenant has ended now
     * @param pending how many it could not be told of yet; that goes on in the background
     */
    record Revoked(long revoked, long pending) {}
}
