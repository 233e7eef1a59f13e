package io.qlikbridge.check;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The connection test, for admins. */
@RestController
class CheckController {

    private final RequestedChecks checks;

    CheckController(RequestedChecks checks) {
        this.checks = checks;
    }

    @PostMapping("/api/v1/connections/{connection}/test")
    CheckReport test(
            @PathVariable ConnectionId connection, @RequestBody(required = false) @Nullable CheckRequest request) {
        CheckRequest asked = request == null ? new CheckRequest(null, null) : request;
        return checks.begin(connection, asked.user(), asked.kid()).toEnd();
    }

    /**
     * What to test.
     *
     * @param user whom to try it with
     * @param kid the signing key to try it with; the active one unless said
     */
    record CheckRequest(@Nullable Username user, @Nullable String kid) {}
}
