package io.qlikbridge.consoleoverview;

import io.qlikbridge.check.LastCheck;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is.
 *
 * @param type such as {@code qlik-cloud}
 * @param lastTest {@code null} while it has not been tested
 * @param inUse credentials of the present moment
 * @param overdue those in use that should have been renewed more than ten minutes ago
 * @param hindered those to be ended that the tenant was told of in vain
 * @param notIssued how often the tenant gave none in the last day
 * @param notIssuedAt when that was so last
 * @param refused how often the bridge refused requests about the connection in the last day
 */
record ConnectionHealth(
        String id,
        String type,
        URI host,
        @Nullable LastCheck lastTest,
        List<CertificateEnd> certificates,
        long inUse,
        long overdue,
        long hindered,
        long notIssued,
        @Nullable Instant notIssuedAt,
        long refused) {

    public String testTone() {
        return lastTest == null ? "idle" : lastTest.passed() ? "ok" : "bad";
    }
}
