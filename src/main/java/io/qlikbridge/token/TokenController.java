package io.qlikbridge.token;

import io.qlikbridge.access.ActingUsers;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.issuing.Leases;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.TokenOffer;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Hands out tokens. The same one for as long as it lasts for what is asked. */
@RestController
class TokenController {

    private final Callers callers;
    private final ActingUsers users;
    private final Connections connections;
    private final Subjects subjects;
    private final Leases leases;
    private final Deployments deployments;
    private final TokenHandOutStore handOuts;
    private final Clock clock;

    TokenController(
            Callers callers,
            ActingUsers users,
            Connections connections,
            Subjects subjects,
            Leases leases,
            Deployments deployments,
            TokenHandOutStore handOuts,
            Clock clock) {
        this.callers = callers;
        this.users = users;
        this.connections = connections;
        this.subjects = subjects;
        this.leases = leases;
        this.deployments = deployments;
        this.handOuts = handOuts;
        this.clock = clock;
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
        Connection known = connections.of(connection);
        TokenAnswer answer = answer(known, subjects.of(known, user), validity);
        handOuts.handOut(
                callers.current(),
                new TokenHandedOut(
                        answer.leaseId(),
                        connection,
                        user.username(),
                        answer.subject(),
                        validity == null ? null : clock.instant().plus(validity),
                        answer.expiresAt()));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(answer);
    }

    private TokenAnswer answer(Connection connection, Subject subject, @Nullable Duration validity) {
        return switch (deployments.of(connection).tokens(connection)) {
            case TokenOffer.Issued issued -> TokenAnswer.of(connection, leases.lasting(connection, subject, validity));
            case TokenOffer.Signed signed ->
                TokenAnswer.of(subject, signed.signer().sign(connection, subject, validity));
            case TokenOffer.None none ->
                throw new BridgeException(
                        ProblemCode.TOKEN_NOT_OFFERED,
                        "Connection " + connection.id() + " hands out no tokens. " + none.why());
        };
    }
}
