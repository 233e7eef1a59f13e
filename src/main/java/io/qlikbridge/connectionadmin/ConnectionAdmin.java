package io.qlikbridge.connectionadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionStore;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violation;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What admins do with connections, whichever way they come. */
@Component
public class ConnectionAdmin {

    private static final Logger log = LoggerFactory.getLogger(ConnectionAdmin.class);

    private static final ConnectionId ANY = new ConnectionId("any");

    private final Connections connections;
    private final ConnectionReader reader;
    private final ConnectionView view;
    private final Clock clock;

    ConnectionAdmin(Connections connections, ConnectionReader reader, ConnectionView view, Clock clock) {
        this.connections = connections;
        this.reader = reader;
        this.view = view;
        this.clock = clock;
    }

    public Page<ConnectionAnswer> page(PageQuery query) {
        Page<Connection> page = connections.page(query);
        return new Page<>(view.of(page.items()), page.next());
    }

    /** What is shown of a connection. */
    public ConnectionAnswer shown(Connection connection) {
        return view.of(connection);
    }

    /** What is shown of each of these, in their order. */
    public List<ConnectionAnswer> shown(List<Connection> all) {
        return view.of(all);
    }

    /** The connection of this id, or {@code connection-not-found}. */
    public ConnectionAnswer of(ConnectionId id) {
        return view.of(connections.of(id));
    }

    /** What is wrong with a connection that is asked for; empty for nothing. */
    public List<Violation> faults(Map<String, JsonNode> body) {
        try {
            reader.read(ANY, body, clock.instant());
            return List.of();
        } catch (BridgeException refusal) {
            return refusal.violations();
        }
    }

    /** Makes the connection of this id, or replaces it. */
    public Put put(ConnectionId id, Map<String, JsonNode> body) {
        ConnectionStore.Put put = connections.put(read(id, body));
        return new Put(view.of(put.connection()), put.created());
    }

    /** Makes the connection of this id; {@code conflict} when there is one. */
    public void make(ConnectionId id, Map<String, JsonNode> body) {
        if (!connections.add(read(id, body))) {
            throw new BridgeException(
                    ProblemCode.CONFLICT,
                    "There is a connection " + id + " already. Choose another name, or change that one.");
        }
    }

    /**
     * Replaces the connection of this id; {@code conflict} when it is another one than whoever asks has seen.
     *
     * @param seen its {@code updatedAt} then
     */
    public void change(ConnectionId id, Instant seen, Map<String, JsonNode> body) {
        Connection present = connections.of(id);
        Connection asked = read(id, body).createdAt(present.createdAt());
        if (!present.updatedAt().equals(seen) || !connections.replace(present, asked)) {
            throw new BridgeException(
                    ProblemCode.CONFLICT,
                    "Somebody has changed the connection " + id
                            + " since you opened it. Look at what it is now; what you sent is"
                            + " kept when you send it again.");
        }
    }

    /** What stays at the deployment when a connection goes, by its address: the bridge may not remove it there. */
    public Map<URI, String> remains(ConnectionId id) {
        return view.remains(connections.of(id));
    }

    /**
     * Deletes a connection.
     *
     * @param revoke whether credentials that were issued on it are ended first; otherwise they keep it: {@code conflict}
     * @return what stays, as {@link #remains} says
     */
    public Map<URI, String> delete(ConnectionId id, boolean revoke) {
        Connection known = connections.of(id);
        Map<URI, String> remains = view.remains(known);
        connections.delete(id, revoke);
        if (!remains.isEmpty()) {
            log.info(
                    "Connection {} is deleted. What it used at {} stays there, for an administrator to delete: {}",
                    id,
                    known.host(),
                    String.join("; ", remains.values()));
        }
        return remains;
    }

    private Connection read(ConnectionId id, Map<String, JsonNode> body) {
        // PostgreSQL keeps microseconds: what is answered now is what is read later
        return reader.read(id, body, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** What was put, and whether nothing was there before. */
    public record Put(ConnectionAnswer connection, boolean created) {}
}
