package io.qlikbridge.issuing;

import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.subject.StillSubject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells at once what would have to be looked at piece by piece of a user of whom more is known. */
@Component
class NewcomerStore {

    // the user's leases by themselves: as long as the planner does not know the table, all of the connection seem as
    // few
    private static final String IS_NEWCOMER = """
            with held as materialized (select connection_id from lease where user_id = :user and state in (%s))
            select not exists (select from held where connection_id = :connection)
                and not exists (select from issue_attempt
                    where connection_id = :connection and host = :host and subject = :subject
                        and watched_until is not null)
                and %s
            """.formatted(LeaseState.sql(LeaseState.LIVING), StillSubject.CONDITION);

    private final JdbcClient jdbc;

    NewcomerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Whether a user still is the subject that was read, and holds nothing that was issued at the connection: no lease that the tenant may
     * accept, and no key of the subject that is watched for.
     */
    public boolean isNewcomer(StillSubject subject) {
        return jdbc.sql(IS_NEWCOMER)
                .params(subject.parameters())
                .query(Boolean.class)
                .single();
    }
}
