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
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The connections, for admins. */
@RestController
@RequestMapping(ConnectionController.PATH)
class ConnectionController {

    private static final Logger log = LoggerFactory.getLogger(ConnectionController.class);

    static final String PATH = "/api/v1/connections";

    private final Connections connections;
    private final ConnectionReader reader;
    private final ConnectionView view;
    private final Clock clock;

    ConnectionController(Connections connections, ConnectionReader reader, ConnectionView view, Clock clock) {
        this.connections = connections;
        this.reader = reader;
        this.view = view;
        this.clock = clock;
    }

    @GetMapping
    Page<ConnectionAnswer> list(PageQuery query) {
        Page<Connection> page = connections.page(query);
        return new Page<>(view.of(page.items()), page.next());
    }

    @GetMapping("/{id}")
    ConnectionAnswer show(@PathVariable ConnectionId id) {
        return view.of(connections.of(id));
    }

    @PutMapping("/{id}")
    ResponseEntity<ConnectionAnswer> put(
            @PathVariable ConnectionId id, @RequestBody Map<String, JsonNode> body, HttpServletRequest http) {
        // PostgreSQL keeps microseconds: what is answered now is what is read later
        Connection asked = reader.read(id, body, clock.instant().truncatedTo(ChronoUnit.MICROS));
        ConnectionStore.Put put = connections.put(asked);
        ConnectionAnswer answer = view.of(put.connection());
        return put.created()
                ? ResponseEntity.created(URI.create(http.getContextPath() + PATH + "/" + id))
                        .body(answer)
                : ResponseEntity.ok(answer);
    }

    /** Tells what stays at the deployment: the bridge may not remove it there. */
    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable ConnectionId id, @RequestParam(defaultValue = "false") boolean revoke) {
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
        ResponseEntity.HeadersBuilder<?> answer = ResponseEntity.noContent();
        remains.keySet().forEach(address -> answer.header(HttpHeaders.LINK, "<" + address + ">; rel=\"related\""));
        return answer.build();
    }
}
