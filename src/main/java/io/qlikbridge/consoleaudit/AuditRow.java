package io.qlikbridge.consoleaudit;

import io.qlikbridge.auditlog.AuditEvent;
import io.qlikbridge.auditlog.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event as a line of the list shows it. */
record AuditRow(
        Instant at,
        String actor,
        String action,
        @Nullable String user,
        @Nullable String connection,
        String outcome,
        List<AuditDetail> details) {

    /** More than that many details are folded. */
    private static final int FEW = 4;

    static AuditRow of(AuditEvent event) {
        return new AuditRow(
                event.at(),
                event.actor(),
                event.action(),
                event.user(),
                event.connection(),
                event.outcome(),
                AuditDetail.of(event.details()));
    }

    public String tone() {
        return outcome.equals(Outcome.FAILURE.slug()) ? "bad" : "ok";
    }

    public List<AuditDetail> first() {
        return details.size() <= FEW ? details : details.subList(0, FEW - 1);
    }

    public List<AuditDetail> more() {
        return details.size() <= FEW ? List.of() : details.subList(FEW - 1, details.size());
    }
}
