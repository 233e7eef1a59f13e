package io.qlikbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.access.RequestRefused;
import io.qlikbridge.auditlog.AuditEntry;
import io.qlikbridge.auditlog.AuditLog;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalAuditListenerTests {

    private final List<AuditEntry> rows = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "/api/v1/connections/main/token, main",
        "/api/v1/connections/main, main",
        "/console/connections/main/test, main",
        "/console/connections/new/test, new",
        "/console/connections/new, ",
        "/console/connections, ",
        "/console/users/ada, ",
        "/elsewhere/connections/main, "
    })
    void rowIsOfTheConnectionThatTheAddressNames(String path, String connection) {
        listener().on(new RequestRefused(ProblemCode.INVALID_REQUEST, "POST", path, null, null));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.connection()).isEqualTo(connection == null ? null : new ConnectionId(connection));
            assertThat(row.details()).containsEntry("path", path).containsEntry("code", "invalid-request");
        });
    }

    private RefusalAuditListener listener() {
        AuditLog written = new AuditLog(null, null, null, null) {
            @Override
            public String actor() {
                return "client:admin";
            }

            @Override
            public void write(AuditEntry entry) {
                rows.add(entry);
            }
        };
        return new RefusalAuditListener(written, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }
}
