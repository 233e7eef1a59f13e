package io.qlikbridge;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Tells whether the database takes changes. While it does not, as after a failover, all connections are given up at each look: so the
 * next ones lead to the new primary as soon as the address does.
 */
@Component
class DatabaseWritableHealthIndicator extends AbstractHealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(DatabaseWritableHealthIndicator.class);

    private final DataSource database;
    private volatile boolean told;

    DatabaseWritableHealthIndicator(DataSource database) {
        super("The database cannot be asked whether it takes changes");
        this.database = database;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws SQLException {
        if (!isReadOnly()) {
            if (told) {
                log.info("The database takes changes again");
            }
            told = false;
            builder.up();
            return;
        }
        if (!told) {
            log.warn(
                    "The database takes no changes: it is a standby, or was made read-only. Connections are given up until"
                            + " they lead to one that does");
        }
        told = true;
        giveUpConnections();
        builder.outOfService();
    }

    private boolean isReadOnly() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show transaction_read_only")) {
            return answer.next() && "on".equals(answer.getString(1));
        }
    }

    private void giveUpConnections() throws SQLException {
        if (database.isWrapperFor(HikariDataSource.class)) {
            HikariPoolMXBean pool = database.unwrap(HikariDataSource.class).getHikariPoolMXBean();
            if (pool != null) {
                pool.softEvictConnections();
            }
        }
    }
}
