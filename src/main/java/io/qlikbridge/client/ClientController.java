package io.qlikbridge.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets admins manage clients. A secret is in the answer that made it, and nowhere else. */
@RestController
@RequestMapping("/api/v1/clients")
class ClientController {

    private final Clients clients;

    ClientController(Clients clients) {
        this.clients = clients;
    }

    @GetMapping
    Page<Answer> list(PageQuery query) {
        return clients.page(query).map(client -> Answer.of(client, null));
    }

    @GetMapping("/{clientId}")
    Answer get(@PathVariable String clientId) {
        return Answer.of(clients.of(clientId), null);
    }

    @PostMapping
    ResponseEntity<Answer> add(@RequestBody NewClient asked, HttpServletRequest http) {
        Clients.ClientWithSecret added = clients.add(asked);
        return ResponseEntity.created(URI.create(http.getContextPath() + "/api/v1/clients/"
                        + added.client().clientId()))
                .cacheControl(CacheControl.noStore())
                .body(Answer.of(added.client(), added.secret()));
    }

    @PostMapping("/{clientId}/secret")
    ResponseEntity<Answer> renewSecret(
            @PathVariable String clientId, @RequestParam(defaultValue = "false") boolean revoke) {
        Clients.ClientWithSecret renewed = clients.renewSecret(clientId, revoke);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Answer.of(renewed.client(), renewed.secret()));
    }

    @DeleteMapping("/{clientId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String clientId, @RequestParam(defaultValue = "false") boolean revoke) {
        clients.delete(clientId, revoke);
    }

    /** @param secret only where it was just made */
    record Answer(
            String clientId,
            List<Scope> scopes,
            List<String> users,
            List<String> connections,
            Instant createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String secret) {

        static Answer of(BridgeClient client, @Nullable ClientSecret secret) {
            return new Answer(
                    client.clientId(),
                    client.scopes().stream().sorted().toList(),
                    client.users().entries(),
                    client.connections().entries(),
                    client.createdAt(),
                    secret == null ? null : secret.value());
        }

        @Override
        public String toString() {
            return "Answer[clientId=" + clientId + "]";
        }
    }
}
