package io.qlikbridge.connectionadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.ConnectionStore;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The connections, for admins. */
@RestController
@RequestMapping(ConnectionController.PATH)
class ConnectionController {

    static final String PATH = "/api/v1/connections";

    private final Connections connections;
    private final ConnectionReader reader;
    private final ObjectProvider<ConnectionSigningKeys> signingKeys;
    private final Clock clock;

    ConnectionController(
            Connections connections,
            ConnectionReader reader,
            ObjectProvider<ConnectionSigningKeys> signingKeys,
            Clock clock) {
        this.connections = connections;
        this.reader = reader;
        this.signingKeys = signingKeys;
        this.clock = clock;
    }

    @GetMapping
    Page<ConnectionAnswer> list(PageQuery query) {
        Page<Connection> page = connections.page(query);
        Map<ConnectionId, SigningKeysInUse> keys = keysOf(page.items());
        return page.map(connection -> answer(connection, keys));
    }

    @GetMapping("/{id}")
    ConnectionAnswer show(@PathVariable ConnectionId id) {
        return answer(connections.of(id));
    }

    @PutMapping("/{id}")
    ResponseEntity<ConnectionAnswer> put(
            @PathVariable ConnectionId id, @RequestBody ConnectionRequest request, HttpServletRequest http) {
        // PostgreSQL keeps microseconds: what is answered now is what is read later
        Connection asked = reader.read(id, request, clock.instant().truncatedTo(ChronoUnit.MICROS));
        ConnectionStore.Put put = connections.put(asked);
        ConnectionAnswer answer = answer(put.connection());
        return put.created()
                ? ResponseEntity.created(URI.create(http.getContextPath() + PATH + "/" + id))
                        .body(answer)
                : ResponseEntity.ok(answer);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable ConnectionId id, @RequestParam(defaultValue = "false") boolean revoke) {
        connections.delete(id, revoke);
    }

    private ConnectionAnswer answer(Connection connection) {
        return answer(connection, keysOf(List.of(connection)));
    }

    private static ConnectionAnswer answer(Connection connection, Map<ConnectionId, SigningKeysInUse> keys) {
        return ConnectionAnswer.of(connection, keys.getOrDefault(connection.id(), SigningKeysInUse.NONE));
    }

    private Map<ConnectionId, SigningKeysInUse> keysOf(List<Connection> connections) {
        ConnectionSigningKeys keys = signingKeys.getIfAvailable();
        return keys == null
                ? Map.of()
                : keys.inUse(connections.stream().map(Connection::id).toList());
    }
}
