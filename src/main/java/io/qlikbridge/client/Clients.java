package io.qlikbridge.client;

import io.qlikbridge.connection.Connections;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** The clients of the bridge, as an admin manages them. */
@Component
public class Clients {

    private static final Logger log = LoggerFactory.getLogger(Clients.class);

    /** The client that is there from the start. */
    public static final String ADMIN = "admin";

    private final ClientStore store;
    private final PasswordEncoder hashes;
    private final AccessProperties properties;
    private final ObjectProvider<ClientLeases> leases;
    private final Connections connections;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param leases asked for when a client goes; whoever keeps them needs the clients to begin with */
    Clients(
            ClientStore store,
            PasswordEncoder hashes,
            AccessProperties properties,
            ObjectProvider<ClientLeases> leases,
            Connections connections,
            Clock clock) {
        this.store = store;
        this.hashes = hashes;
        this.properties = properties;
        this.leases = leases;
        this.connections = connections;
        this.clock = clock;
    }

    /** In the order of their ids. */
    public Page<BridgeClient> page(PageQuery query) {
        return query.page(store.after(query.key(), query.size() + 1), BridgeClient::clientId);
    }

    /** The client of this id, or {@code client-not-found}. */
    public BridgeClient of(String clientId) {
        return store.find(clientId)
                .orElseThrow(() -> new BridgeException(
                        ProblemCode.CLIENT_NOT_FOUND,
                        "There is no such client. GET /api/v1/clients lists those there are."));
    }

    /**
     * A new client with a secret that nobody can read again.
     *
     * @throws BridgeException {@code invalid-request} for what is wrong with it, {@code client-exists} when its id is taken
     */
    public ClientWithSecret add(NewClient wanted) {
        Registration asked = wanted.checked(connections::known);
        ClientWithSecret added = make(asked, ClientSecret.random(random), false);
        if (!store.add(added.client(), hash(added.secret()))) {
            throw new BridgeException(
                    ProblemCode.CLIENT_EXISTS,
                    "There is a client " + asked.clientId() + " already. Take another id, or delete that one first.");
        }
        return added;
    }

    /**
     * The client with another secret; the one before opens nothing from now on.
     *
     * @param revoke whether what the client was handed ends as well
     */
    public ClientWithSecret renewSecret(String clientId, boolean revoke) {
        return renew(of(clientId), revoke, null);
    }

    /**
     * The same, if the client still has the secret that somebody has seen it to have: a wish that is sent twice, or by two at once, renews
     * once.
     *
     * @param mark what {@link PresentClients#secretMark} was then
     * @throws BridgeException {@code conflict} when it has another secret by now
     */
    public ClientWithSecret renewSecret(String clientId, boolean revoke, String mark) {
        return renew(of(clientId), revoke, mark);
    }

    private ClientWithSecret renew(BridgeClient client, boolean revoke, @Nullable String mark) {
        String clientId = client.clientId();
        if (ADMIN.equals(clientId) && properties.adminSecret() != null) {
            throw new BridgeException(
                    ProblemCode.CONFLICT,
                    "The secret of client admin is set by bridge.access.admin-secret. Change it there, and restart.");
        }
        ClientSecret secret = ClientSecret.random(random);
        Runnable with = ending(clientId, revoke, "the client's secret was renewed");
        if (mark == null) {
            if (!store.replaceSecret(clientId, hash(secret), with)) {
                throw deletedMeanwhile();
            }
        } else {
            String before = store.secretHash(clientId).orElseThrow(Clients::deletedMeanwhile);
            if (!PresentClients.mark(before).equals(mark)
                    || !store.replaceSecret(clientId, before, hash(secret), with)) {
                throw renewedMeanwhile(clientId);
            }
        }
        afterwards(clientId, revoke);
        return new ClientWithSecret(client, secret);
    }

    /**
     * @param revoke whether what the client was handed ends as well
     * @throws BridgeException {@code conflict} for the last admin
     */
    public void delete(String clientId, boolean revoke) {
        if (!store.deleteUnlessLastAdmin(of(clientId), ending(clientId, revoke, "the client was deleted"))) {
            throw new BridgeException(
                    ProblemCode.CONFLICT,
                    "This is the last client with the scope bridge.admin. Make another one first.");
        }
        afterwards(clientId, revoke);
    }

    private Runnable ending(String clientId, boolean revoke, String reason) {
        return () -> {
            if (revoke) {
                leases.ifAvailable(all -> all.end(clientId, reason));
            }
        };
    }

    /** Has the tenants told, or says what goes on being good there. The act is done by now, and its answer must not be lost. */
    private void afterwards(String clientId, boolean revoke) {
        try {
            leases.ifAvailable(all -> tell(all, clientId, revoke));
        } catch (RuntimeException untold) {
            log.warn(
                    "What client {} was handed could not be looked at; what is to be ended goes on ending",
                    clientId,
                    untold);
        }
    }

    private static void tell(ClientLeases all, String clientId, boolean revoke) {
        if (revoke) {
            all.tellTenants(clientId);
            return;
        }
        long alive = all.handedTo(clientId);
        if (alive > 0) {
            log.warn(
                    "Client {} was deleted, or has another secret, and {} keys it was handed are still good at their tenants."
                            + " POST /api/v1/leases/revoke with {\"client\": \"{}\"} ends them.",
                    clientId,
                    alive,
                    clientId);
        }
    }

    /** Makes the operator's secret that of client {@code admin}, and the client itself if it is not there. */
    void admit(ClientSecret operators) {
        String present = store.secretHash(ADMIN).orElse(null);
        if (present != null && hashes.matches(operators.value(), present)) {
            return;
        }
        String hash = hash(operators);
        if (!store.replaceSecret(ADMIN, hash)
                && !store.add(admin(operators, false).client(), hash)) {
            store.replaceSecret(ADMIN, hash);
        }
    }

    /** The first client of an empty database, with a secret that is only good for being renewed; empty when there is one already. */
    Optional<ClientSecret> addFirstAdmin() {
        ClientWithSecret first = admin(ClientSecret.random(random), true);
        return store.addFirst(first.client(), hash(first.secret())) ? Optional.of(first.secret()) : Optional.empty();
    }

    private ClientWithSecret admin(ClientSecret secret, boolean first) {
        return make(
                new Registration(ADMIN, Set.of(Scope.values()), ClientUsers.EVERYONE, AllowedConnections.EVERYWHERE),
                secret,
                first);
    }

    private ClientWithSecret make(Registration asked, ClientSecret secret, boolean first) {
        BridgeClient client = new BridgeClient(
                UUID.randomUUID().toString(),
                asked.clientId(),
                asked.scopes(),
                asked.users(),
                asked.connections(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                first);
        return new ClientWithSecret(client, secret);
    }

    private String hash(ClientSecret secret) {
        return Objects.requireNonNull(hashes.encode(secret.value()));
    }

    private static BridgeException deletedMeanwhile() {
        return new BridgeException(ProblemCode.CLIENT_NOT_FOUND, "The client was deleted meanwhile.");
    }

    private static BridgeException renewedMeanwhile(String clientId) {
        return new BridgeException(
                ProblemCode.CONFLICT,
                "The secret of client " + clientId
                        + " was renewed since this was begun. A secret is shown once, in the answer that made it; if nobody kept"
                        + " that one, renew it again.");
    }

    /** A client that somebody asks for. */
    record Registration(String clientId, Set<Scope> scopes, ClientUsers users, AllowedConnections connections) {}

    /** A client at the one moment its secret is known. */
    public record ClientWithSecret(BridgeClient client, ClientSecret secret) {}
}
