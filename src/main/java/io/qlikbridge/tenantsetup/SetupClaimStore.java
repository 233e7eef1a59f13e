package io.qlikbridge.tenantsetup;

import io.qlikbridge.connection.ConnectionId;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps which request sets a connection up, and until when it is taken to be alive. */
@Component
class SetupClaimStore {

    private final JdbcClient database;

    SetupClaimStore(JdbcClient database) {
        this.database = database;
    }

    /** Whether nobody has the claim, or nobody who is alive, and this operation has it now. */
    @Transactional
    boolean claim(ConnectionId connection, UUID operation, Duration deadline) {
        return database.sql("""
                        insert into tenant_setup (connection_id, operation, deadline)
                        select id, :operation, clock_timestamp() + :seconds * interval '1 second'
                        from connection where id = :connection
                        on conflict (connection_id) do update
                            set operation = excluded.operation, deadline = excluded.deadline
                            where tenant_setup.deadline < clock_timestamp()
                        """)
                        .param("connection", connection.value())
                        .param("operation", operation)
                        .param("seconds", deadline.toSeconds())
                        .update()
                == 1;
    }

    /** Whether this operation still has it. */
    @Transactional
    boolean putOff(ConnectionId connection, UUID operation, Duration deadline) {
        return database.sql("""
                        update tenant_setup set deadline = clock_timestamp() + :seconds * interval '1 second'
                        where connection_id = :connection and operation = :operation
                        """)
                        .param("connection", connection.value())
                        .param("operation", operation)
                        .param("seconds", deadline.toSeconds())
                        .update()
                == 1;
    }

    @Transactional
    void release(ConnectionId connection, UUID operation) {
        database.sql("delete from tenant_setup where connection_id = :connection and operation = :operation")
                .param("connection", connection.value())
                .param("operation", operation)
                .update();
    }
}
