package io.qlikbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormErrorsTests {

    @Test
    void violationsStandAtTheFieldsTheyPointTo() {
        FormErrors errors = FormErrors.of(BridgeException.invalid(List.of(
                new Violation(Violation.pointer("email"), "is no address"),
                new Violation(Violation.pointer("email"), "is too long"),
                new Violation(Violation.pointer("subjects", "a/b~c+ü"), "is taken"))));

        assertThat(errors.at("email")).isEqualTo("is no address; is too long");
        assertThat(errors.at("subjects.a/b~c+ü")).isEqualTo("is taken");
        assertThat(errors.message()).isNull();
    }

    @Test
    void refusalWithoutViolationsIsSaidOfTheWholeForm() {
        FormErrors errors = FormErrors.of(new BridgeException(ProblemCode.CONFLICT, "Somebody was faster."));

        assertThat(errors.message()).isEqualTo("Somebody was faster.");
        assertThat(errors.fields()).isEmpty();
    }

    @Test
    void fieldsOfOtherNamesAreSaidWithTheirNames() {
        FormErrors errors = FormErrors.at(Map.of("host", "is required", "issuer", "is required"))
                .renamed(Map.of("host", "tenantAddress"));

        assertThat(errors.at("tenantAddress")).isEqualTo("is required");
        assertThat(errors.besides(List.of("tenantAddress"))).containsExactly("issuer: is required");
    }
}
