package io.qlikbridge.leaseadmin;

import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Leases, for admins. */
@RestController
class LeaseController {

    private final LeaseListStore leases;

    LeaseController(LeaseListStore leases) {
        this.leases = leases;
    }

    @GetMapping("/api/v1/leases")
    Page<LeaseView> list(LeaseQuery query, PageQuery page) {
        return page.page(
                leases.list(query.checked(), page.key(), page.size() + 1),
                lease -> lease.id().toString());
    }

    @GetMapping("/api/v1/leases/{id}")
    LeaseView one(@PathVariable String id) {
        return leases.of(id);
    }
}
