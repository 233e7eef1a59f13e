package io.qlikbridge.connectionadmin;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
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

    static final String PATH = "/api/v1/connections";

    private final ConnectionAdmin connections;

    ConnectionController(ConnectionAdmin connections) {
        this.connections = connections;
    }

    @GetMapping
    Page<ConnectionAnswer> list(PageQuery query) {
        return connections.page(query);
    }

    @GetMapping("/{id}")
    ConnectionAnswer show(@PathVariable ConnectionId id) {
        return connections.of(id);
    }

    @PutMapping("/{id}")
    ResponseEntity<ConnectionAnswer> put(
            @PathVariable ConnectionId id, @RequestBody Map<String, JsonNode> body, HttpServletRequest http) {
        ConnectionAdmin.Put put = connections.put(id, body);
        return put.created()
                ? ResponseEntity.created(URI.create(http.getContextPath() + PATH + "/" + id))
                        .body(put.connection())
                : ResponseEntity.ok(put.connection());
    }

    /** Tells what stays at the deployment: the bridge may not remove it there. */
    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable ConnectionId id, @RequestParam(defaultValue = "false") boolean revoke) {
        Map<URI, String> remains = connections.delete(id, revoke);
        ResponseEntity.HeadersBuilder<?> answer = ResponseEntity.noContent();
        remains.keySet().forEach(address -> answer.header(HttpHeaders.LINK, "<" + address + ">; rel=\"related\""));
        return answer.build();
    }
}
