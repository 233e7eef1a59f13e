package io.qlikbridge.check;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.username.Username;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection was tested.
 *
 * @param user whom it was tried with, if with anybody
 * @param failed the names of the steps that failed; none when the test passed
 */
public record ConnectionTested(
        ConnectionId connection, @Nullable Username user, List<String> failed) {

    public ConnectionTested {
        failed = List.copyOf(failed);
    }

    static ConnectionTested of(ConnectionId connection, @Nullable Username user, CheckReport report) {
        return new ConnectionTested(
                connection,
                user,
                report.checks().stream()
                        .filter(check -> check.status() == CheckResult.Status.FAILED)
                        .map(CheckResult::name)
                        .toList());
    }

    public boolean passed() {
        return failed.isEmpty();
    }
}
