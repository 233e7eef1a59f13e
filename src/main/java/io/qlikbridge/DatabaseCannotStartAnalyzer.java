package io.qlikbridge;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one message that the start failed for want of the database, why, and what to change. */
class DatabaseCannotStartAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final String SETTINGS =
            "Check SPRING_DATASOURCE_URL (jdbc:postgresql://host:5432/name), SPRING_DATASOURCE_USERNAME and"
                    + " SPRING_DATASOURCE_PASSWORD, and that PostgreSQL 15 or newer answers there.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        return new FailureAnalysis("The database cannot be used: " + cause.getMessage(), action(cause), cause);
    }

    /** By SQLSTATE (PostgreSQL, appendix A): the server's words may be in any language. */
    static String action(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "42501" -> withoutRight(String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT));
            case "3D000" ->
                "There is no database of this name. Make it (create database bridge owner bridge), or correct the name at the"
                        + " end of SPRING_DATASOURCE_URL.";
            case "28P01" ->
                "The user name or the password is another. Check SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD:"
                        + " alter role bridge password '…' sets it at the server.";
            case "28000" ->
                "The server does not let this user in from here. Check that the role exists (SPRING_DATASOURCE_USERNAME) and"
                        + " that the server's pg_hba.conf has a line for it, this address and this database. Where the line"
                        + " wants TLS (hostssl), add ?sslmode=require to SPRING_DATASOURCE_URL, or verify-full and sslrootcert.";
            case "25006" ->
                "The server takes no changes: it is a standby, or was made read-only. Let SPRING_DATASOURCE_URL lead to the"
                        + " primary; several hosts in it with ?targetServerType=primary find it by themselves.";
            case "53300" ->
                "The server has no connections left. Raise its max_connections, or lower"
                        + " SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE of all replicas together.";
            case "53100" -> "The server's disk is full. Make room there.";
            case "57P03" -> "The server is starting, stopping or recovering. Start the bridge again when it answers.";
            case "08001", "08006" -> unreachable(failure);
            case "08P01" -> refusedByPool(String.valueOf(failure.getMessage()));
            default -> SETTINGS;
        };
    }

    /** PostgreSQL 15 took the right to make tables in the schema public from everybody but the database's owner. */
    private static String withoutRight(String message) {
        return message.contains("schema")
                ? "The user may not make tables in the schema. Since PostgreSQL 15 only the database's owner may, in the schema"
                        + " public. As a superuser, in this very database: grant usage, create on schema public to bridge; or"
                        + " alter database bridge owner to bridge; with the user of SPRING_DATASOURCE_USERNAME for bridge."
                : "The user lacks a right. It has to own the bridge's tables, or SPRING_FLYWAY_USER names one who does: alter"
                        + " table … owner to …, for each table.";
    }

    /** PgBouncer knows few of the parameters that a driver sends when it connects. */
    private static String refusedByPool(String message) {
        return message.contains("startup parameter")
                ? "PgBouncer refuses what every JDBC driver sends. Set ignore_startup_parameters = extra_float_digits in its"
                        + " pgbouncer.ini, and pool_mode = session."
                : SETTINGS;
    }

    private static String unreachable(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "The host's name does not resolve. " + SETTINGS;
            }
        }
        return SETTINGS;
    }
}
