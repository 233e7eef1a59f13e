package io.qlikbridge.leaseadmin;

import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** ListedLeases, for admins. */
@RestController
class LeaseController {

    private final ListedLeases leases;

    LeaseController(ListedLeases leases) {
        this.leases = leases;
    }

    @GetMapping("/api/v1/leases")
    Page<LeaseView> list(LeaseQuery query, PageQuery page) {
        return leases.page(query, page);
    }

    @GetMapping("/api/v1/leases/{id}")
    LeaseView one(@PathVariable String id) {
        return leases.of(id);
    }
}
