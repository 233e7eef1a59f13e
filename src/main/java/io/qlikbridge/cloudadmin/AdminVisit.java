package io.qlikbridge.cloudadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.setup.SetupOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What one setup has found out so far, and what it shows to the tenant; gone with its request. */
final class AdminVisit {

    private final SetupOrder order;
    private Connection connection;
    private @Nullable HttpHeaders signedIn;
    private String tenantId = "";

    AdminVisit(Connection connection, SetupOrder order) {
        this.connection = connection;
        this.order = order;
    }

    SetupOrder order() {
        return order;
    }

    /** As it is now: the setup may have changed it. */
    Connection connection() {
        return connection;
    }

    void changed(Connection other) {
        connection = other;
    }

    void entered(HttpHeaders headers, String tenant) {
        signedIn = headers;
        tenantId = tenant;
    }

    HttpHeaders signedIn() {
        if (signedIn == null) {
            throw new IllegalStateException("The step administrator comes first");
        }
        return signedIn;
    }

    String tenantId() {
        return tenantId;
    }
}
