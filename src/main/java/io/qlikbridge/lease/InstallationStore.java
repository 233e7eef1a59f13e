package io.qlikbridge.lease;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the id of this installation of the bridge. */
@Component
class InstallationStore {

    private final JdbcClient jdbc;

    InstallationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The id that tells this installation's keys from another's at a tenant; made at first sight. */
    @Transactional
    public UUID installation() {
        jdbc.sql("insert into lease_installation (id) values (:id) on conflict do nothing")
                .param("id", UUID.randomUUID())
                .update();
        return jdbc.sql("select id from lease_installation").query(UUID.class).single();
    }
}
