package io.qlikbridge.audit;

import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was done, for admins: the newest first. */
@RestController
class AuditController {

    private final AuditStore events;

    AuditController(AuditStore events) {
        this.events = events;
    }

    @GetMapping("/api/v1/audit")
    Page<AuditEvent> list(AuditQuery query, PageQuery page) {
        return page.page(
                events.list(query.checked(), page.key(), page.size() + 1),
                event -> event.id().toString());
    }
}
