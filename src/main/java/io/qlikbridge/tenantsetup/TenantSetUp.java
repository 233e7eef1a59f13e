package io.qlikbridge.tenantsetup;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tenant of a connection was set up, or was tried to.
 *
 * @param user whom the connection was tested with, if with anybody
 * @param kid the signing key that was named; {@code null} for the active one
 * @param made the tenant's ids of what was made there and stayed, by the names of the steps
 * @param failed the names of the steps that failed
 */
public record TenantSetUp(
        ConnectionId connection,
        @Nullable Username user,
        @Nullable String kid,
        boolean dryRun,
        Map<String, String> made,
        List<String> failed) {

    public TenantSetUp {
        made = Map.copyOf(made);
        failed = List.copyOf(failed);
    }

    static TenantSetUp of(ConnectionId connection, SetupWish wish, SetupReport report) {
        Map<String, String> made = new LinkedHashMap<>();
        for (SetupResult step : report.steps()) {
            if (step.status() == SetupResult.Status.MADE && step.id() != null) {
                made.put(step.name(), step.id());
            }
        }
        return new TenantSetUp(
                connection,
                wish.user(),
                wish.kid(),
                wish.dryRun(),
                made,
                report.steps().stream()
                        .filter(step -> step.status() == SetupResult.Status.FAILED)
                        .map(SetupResult::name)
                        .toList());
    }

    public boolean passed() {
        return failed.isEmpty();
    }
}
