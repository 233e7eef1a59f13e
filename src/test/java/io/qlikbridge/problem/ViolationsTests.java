package io.qlikbridge.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class ViolationsTests {

    private final Violations violations = new Violations();

    @Test
    void throwIfAnyWhenNothingWasNotedDoesNothing() {
        assertThat(violations.read("7", "#/a", Integer::valueOf)).contains(7);
        assertThat(violations.<String, Integer>read(null, "#/b", Integer::valueOf))
                .isEmpty();

        assertThatCode(violations::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void throwIfAnyWhenSeveralWereNotedTellsAll() {
        violations.require(false, "#/a", "is wrong");
        violations.<String, Integer>readRequired(null, "#/b", Integer::valueOf);
        violations.read("text", "#/c", text -> {
            throw new InvalidValue("is refused");
        });

        BridgeException thrown = catchThrowableOfType(BridgeException.class, violations::throwIfAny);

        assertThat(thrown.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(thrown.violations())
                .containsExactly(
                        new Violation("#/a", "is wrong"),
                        new Violation("#/b", "is required"),
                        new Violation("#/c", "is refused"));
    }

    @Test
    void pointerWhenKeyHasSpecialCharactersEscapesThem() {
        assertThat(Violation.pointer("subjects", "a/b~c d\n")).isEqualTo("#/subjects/a~1b~0c%20d%0A");
    }
}
