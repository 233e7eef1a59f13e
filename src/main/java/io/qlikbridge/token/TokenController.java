package io.qlikbridge.token;

import io.qlikbridge.access.ActingUsers;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.Leases;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subjects;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Hands out tokens. The same one for as long as it lasts for what is asked. */
@RestController
class TokenController {

    private final ActingUsers users;
    private final Connections connections;
    private final Subjects subjects;
    private final Leases leases;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TokenController(
            ActingUsers users,
            Connections connections,
            Subjects subjects,
            Leases leases,
            ApplicationEventPublisher events,
            Clock clock) {
        this.users = users;
        this.connections = connections;
        this.subjects = subjects;
        this.leases = leases;
        this.events = events;
        this.clock = clock;
    }

    @PostMapping("/api/v1/connections/{connection}/token")
    ResponseEntity<TokenAnswer> token(
            @PathVariable ConnectionId connection, @RequestBody(required = false) @Nullable TokenRequest request) {
        TokenRequest asked = request == null ? TokenRequest.EMPTY : request;
        LocalUser user = users.of(asked.user());
        Connection known = connections.of(connection);
        Duration validity = asked.validity();
        Lease lease = leases.lasting(known, subjects.of(known, user), validity);
        events.publishEvent(new TokenHandedOut(
                lease.id(),
                connection,
                user.username(),
                lease.subject(),
                validity == null ? null : clock.instant().plus(validity),
                lease.expiresAt()));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(TokenAnswer.of(known, lease));
    }
}
