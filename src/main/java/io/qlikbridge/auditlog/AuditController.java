package io.qlikbridge.auditlog;

import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was done, for admins: the newest first. */
@RestController
class AuditController {

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    @GetMapping("/api/v1/audit")
    Page<AuditEvent> list(AuditQuery query, PageQuery page) {
        return trail.page(query.filter(), page);
    }
}
