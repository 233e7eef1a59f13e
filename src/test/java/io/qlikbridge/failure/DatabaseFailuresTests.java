package io.qlikbridge.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;

class DatabaseFailuresTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "25006", "08006", "08003", "57P01", "57P02", "57P03", "57014", "53300", "53100", "53200", "58030",
                "40001", "40P01", "55P03", "25P03"
            })
    void readOfWhatPassesByItselfIsTooBusyForAMoment(String state) {
        BridgeException read = DatabaseFailures.read(wrapped(state)).orElseThrow();

        assertThat(read.code()).isEqualTo(ProblemCode.TOO_BUSY);
        assertThat(read.retryAfter()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "23505", "22001", "0A000", ""})
    void readOfWhatDoesNotIsLeftToOthers(String state) {
        assertThat(DatabaseFailures.read(wrapped(state))).isEmpty();
    }

    @Test
    void readWhenARollbackThatFailedHidesTheCauseFindsIt() {
        TransactionSystemException rollback = new TransactionSystemException("Could not roll back");
        rollback.initApplicationException(wrapped("25006"));

        assertThat(DatabaseFailures.read(new RuntimeException(rollback))
                        .orElseThrow()
                        .detail())
                .contains("takes no changes");
    }

    @Test
    void readWhenCausesGoInACircleEnds() {
        RuntimeException one = new RuntimeException();
        RuntimeException other = new RuntimeException(one);
        one.initCause(other);

        assertThat(DatabaseFailures.read(one)).isEmpty();
    }

    private static RuntimeException wrapped(String state) {
        return new UncategorizedSQLException("a task", "select 1", new SQLException("said the server", state));
    }
}
