package io.qlikbridge.token;

import io.qlikbridge.access.ActingUsers;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.LocalUser;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Hands out tokens by the REST API. */
@RestController
class TokenController {

    private final Callers callers;
    private final ActingUsers users;
    private final Connections connections;
    private final UserTokens tokens;

    TokenController(Callers callers, ActingUsers users, Connections connections, UserTokens tokens) {
        this.callers = callers;
        this.users = users;
        this.connections = connections;
        this.tokens = tokens;
    }

    /** A person may be held to less than the connection's expiry. */
    private void requirePossible(@Nullable Duration validity) {
        Duration longest = callers.current().maxValidity().orElse(null);
        if (validity != null && longest != null && validity.compareTo(longest) > 0) {
            throw new BridgeException(
                    ProblemCode.VALIDITY_NOT_POSSIBLE,
                    "A token handed to a person may be asked to last " + longest + " at most, and " + validity
                            + " was asked for. Ask for less, or let the operator raise max-validity of the issuer.");
        }
    }

    @PostMapping("/api/v1/connections/{connection}/token")
    ResponseEntity<TokenAnswer> token(
            @PathVariable ConnectionId connection, @RequestBody(required = false) @Nullable TokenRequest request) {
        TokenRequest asked = request == null ? TokenRequest.EMPTY : request;
        LocalUser user = users.of(connection, asked.user());
        Duration validity = asked.validity();
        requirePossible(validity);
        TokenAnswer answer = tokens.lasting(connections.of(connection), user, validity);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(answer);
    }
}
