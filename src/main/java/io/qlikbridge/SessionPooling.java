package io.qlikbridge;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Refuses a start whose connections lead to no session of their own, before anything is migrated. A pool in front of PostgreSQL that
 * hands out a server's session for one transaction or one statement (PgBouncer's {@code pool_mode} {@code transaction} and {@code
 * statement}) lets prepared statements, settings and notifications of one caller get lost or reach another.
 */
@Component
class SessionPooling implements FlywayMigrationStrategy {

    private static final int ROUNDS = 4;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final String CONNECTION_FAILED = "08";

    private final DataSource database;

    SessionPooling(DataSource database) {
        this.database = database;
    }

    @Override
    public void migrate(Flyway flyway) {
        check();
        flyway.migrate();
    }

    /** @throws ConfigurationCannotStart unless two connections lead to two sessions, each to the same one for as long as it is open */
    void check() {
        try (Connection one = open()) {
            Session session = () -> serverProcess(one);
            session.serverProcess();
            try (Connection other = openAnother()) {
                if (isShared(session, () -> serverProcess(other))) {
                    throw new ConfigurationCannotStart(
                            "The connections to the database share sessions: a pool in front of PostgreSQL, such as PgBouncer with"
                                    + " pool_mode = transaction or statement, gives them out for one transaction or statement at a time.",
                            "Set pool_mode = session in pgbouncer.ini for this database, or let SPRING_DATASOURCE_URL lead to"
                                    + " PostgreSQL itself.");
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("The database cannot be asked for its sessions", failed);
        }
    }

    /** Each is asked twice in a row, too: a pool that gives its sessions out in turn is not to be met at the same one each time. */
    static boolean isShared(Session one, Session other) throws SQLException {
        int first = one.serverProcess();
        int second = other.serverProcess();
        for (int round = 0; round < ROUNDS; round++) {
            if (first == second
                    || one.serverProcess() != first
                    || one.serverProcess() != first
                    || other.serverProcess() != second
                    || other.serverProcess() != second) {
                return true;
            }
        }
        return false;
    }

    private Connection open() throws SQLException {
        Connection connection = database.getConnection();
        try {
            // in a transaction of ours the session would stay the same whatever the pool's mode is
            connection.setAutoCommit(true);
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST.toMillis()));
            return connection;
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    /** A second one while the first is open, and an answer on it: PgBouncer lets callers in that it has no session for. */
    private Connection openAnother() throws SQLException {
        try {
            Connection other = open();
            try {
                serverProcess(other);
                return other;
            } catch (SQLException | RuntimeException failed) {
                other.close();
                throw failed;
            }
        } catch (SQLException failed) {
            String state = failed.getSQLState();
            if (state != null && !state.startsWith(CONNECTION_FAILED)) {
                throw failed;
            }
            throw new ConfigurationCannotStart(
                    "The bridge got one connection to the database, and no second one beside it: "
                            + failed.getMessage(),
                    "Let SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE be 4 or more (it is 16 unless set), and PgBouncer's"
                            + " default_pool_size as much for each replica, with pool_mode = session.");
        }
    }

    private static int serverProcess(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select pg_backend_pid()")) {
            answer.next();
            return answer.getInt(1);
        }
    }

    /** What a connection leads to. */
    interface Session {

        /** The id of the server's process that answers now: each session has its own. */
        int serverProcess() throws SQLException;
    }
}
