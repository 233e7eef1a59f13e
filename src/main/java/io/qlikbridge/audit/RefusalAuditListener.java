package io.qlikbridge.audit;

import io.qlikbridge.access.RequestRefused;
import io.qlikbridge.auditlog.Action;
import io.qlikbridge.auditlog.AuditEntry;
import io.qlikbridge.auditlog.AuditLog;
import io.qlikbridge.connection.ConnectionId;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what clients and people were refused: the first of its kind at once, and how many equal ones came after it. */
@Component
class RefusalAuditListener extends CountedRefusals<RefusalCounts.Kind> {

    private static final int LONGEST_PATH = 500;
    private static final Pattern CONNECTION =
            // the console has the form for a new one where the others have their pages
            Pattern.compile(
                    "/(?:api/v1|console(?!/connections/new$))/connections/([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(/.*)?");

    private final AuditLog trail;

    RefusalAuditListener(AuditLog trail, Clock clock) {
        super("refusal-trail", clock);
        this.trail = trail;
    }

    @EventListener
    void on(RequestRefused event) {
        String path = event.path();
        RefusalCounts.Kind kind = new RefusalCounts.Kind(
                event.code().slug(),
                event.method(),
                path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path);
        if (isFirst(trail.actor(), kind)) {
            AuditEntry entry = entry(kind).about(event.user());
            trail.write(event.connection() == null ? entry : entry.on(event.connection()));
        }
    }

    @Override
    void write(RefusalCounts.Counted<RefusalCounts.Kind> counted) {
        RefusalCounts.Kind kind = counted.kind();
        AuditEntry entry = kind == null ? AuditEntry.of(Action.REQUEST_REFUSE).failed() : entry(kind);
        trail.write(
                entry.with("count", counted.count()).with("since", counted.since()),
                counted.actor() == null ? AuditLog.BRIDGE : counted.actor());
    }

    private static AuditEntry entry(RefusalCounts.Kind kind) {
        return AuditEntry.of(Action.REQUEST_REFUSE)
                .on(connection(kind.path()))
                .with("method", kind.method())
                .with("path", kind.path())
                .failed()
                .with("code", kind.code());
    }

    /** The connection a path is about, whether there is one or not. */
    private static @Nullable ConnectionId connection(String path) {
        Matcher matcher = CONNECTION.matcher(path);
        return matcher.matches() ? new ConnectionId(matcher.group(1)) : null;
    }
}
