package io.qlikbridge.leaseadmin;

import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import org.springframework.stereotype.Component;

/** Shows admins the leases there are and were, for as long as they are kept. */
@Component
public class ListedLeases {

    private final LeaseListStore store;

    ListedLeases(LeaseListStore store) {
        this.store = store;
    }

    /** A page of those that are asked for, in the order they were begun; {@code invalid-request} for what nothing could be called. */
    public Page<LeaseView> page(LeaseQuery query, PageQuery page) {
        return page.page(
                store.list(query.checked(), page.key(), page.size() + 1),
                lease -> lease.id().toString());
    }

    /** The lease of this id, or {@code lease-not-found}, also for what cannot be an id. */
    public LeaseView of(String id) {
        return store.of(id);
    }
}
