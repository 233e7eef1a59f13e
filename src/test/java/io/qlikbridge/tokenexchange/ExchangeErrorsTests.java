package io.qlikbridge.tokenexchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExchangeErrorsTests {

    /** Of RFC 6749, section 5.2, and RFC 8693, section 2.2.2; and what to say where neither has a word. */
    private static final Set<String> ERRORS = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "invalid_target",
            "unauthorized_client",
            "temporarily_unavailable",
            "server_error");

    @ParameterizedTest
    @EnumSource
    void errorOfEachProblemIsOneThatClientsKnow(ProblemCode code) {
        assertThat(ExchangeErrors.errorOf(code)).isIn(ERRORS);
    }

    @ParameterizedTest
    @EnumSource
    void errorIsForLaterWhereTheProblemPasses(ProblemCode code) {
        assertThat(ExchangeErrors.errorOf(code).equals("temporarily_unavailable"))
                .isEqualTo(code.kind() == ProblemCode.Kind.UNAVAILABLE || code == ProblemCode.CONFLICT);
    }

    @Test
    void errorIsDescribedAsTheProblemIsInTheCharactersOfOAuth() {
        assertThat(ExchangeErrors.of(new BridgeException(ProblemCode.USER_NOT_FOUND, "No \"Zoë\\\n…\""))
                        .getError()
                        .getDescription())
                .isEqualTo("No 'Zo?/?...'");
    }
}
