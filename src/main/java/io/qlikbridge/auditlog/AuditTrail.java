package io.qlikbridge.auditlog;

import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Reads what was done, the newest first. */
@Component
public class AuditTrail {

    private static final int AT_ONCE = 500;

    private final AuditStore store;

    AuditTrail(AuditStore store) {
        this.store = store;
    }

    /** A page of the events that fit; {@code invalid-request} for a filter that no event could fit. */
    public Page<AuditEvent> page(AuditFilter filter, PageQuery page) {
        return page.page(store.list(filter.checked(), page.key(), page.size() + 1), AuditTrail::key);
    }

    /**
     * Gives all events that fit, one after the other, with a few of them in memory at a time. What is written meanwhile is not
     * among them. No connection to the database is held while the reader has an event.
     */
    public void each(AuditFilter filter, Consumer<? super AuditEvent> reader) {
        filter.checked();
        String after = "";
        List<AuditEvent> some;
        do {
            some = store.list(filter, after, AT_ONCE);
            for (AuditEvent event : some) {
                reader.accept(event);
                after = key(event);
            }
        } while (some.size() == AT_ONCE);
    }

    /** How many requests were refused since then, by the connection they were about; of the newest ten thousand rows at most. */
    public List<RecentRefusals> refusals(Instant since) {
        return store.refusals(since);
    }

    private static String key(AuditEvent event) {
        return event.id().toString();
    }
}
