package io.qlikbridge.tenantsetup;

import io.qlikbridge.connection.ConnectionId;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Sets the tenant of a connection up, for admins. */
@RestController
class SetupController {

    private final RequestedSetups setups;

    SetupController(RequestedSetups setups) {
        this.setups = setups;
    }

    @PostMapping("/api/v1/connections/{connection}/setup")
    SetupReport setUp(@PathVariable ConnectionId connection, @RequestBody SetupBody body) {
        return setups.run(connection, body.sent());
    }
}
