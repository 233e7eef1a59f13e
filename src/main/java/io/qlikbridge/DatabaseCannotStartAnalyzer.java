package io.qlikbridge;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one message that the start failed for want of the database. */
class DatabaseCannotStartAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        return new FailureAnalysis(
                "The database cannot be used: " + cause.getMessage(),
                "Check SPRING_DATASOURCE_URL (jdbc:postgresql://host:5432/name), SPRING_DATASOURCE_USERNAME and"
                        + " SPRING_DATASOURCE_PASSWORD, and that PostgreSQL 15 or newer answers there.",
                cause);
    }
}
