package io.qlikbridge.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.AppQuery;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class AppQueriesTests {

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void ofReadsEachParameter() {
        request.setParameter("name", "sales");
        request.setParameter("space", "personal");
        request.setParameter("subType", "*");
        request.setParameter("sort", "-updatedAt");
        request.setParameter("limit", "20");
        request.setParameter("after", "cursor");

        assertThat(AppQueries.of(request))
                .isEqualTo(new AppQuery("sales", "personal", "*", "-updatedAt", 20, "cursor"));
    }

    @Test
    void ofWhenSeveralParametersAreWrongTellsAllOfThem() {
        request.setParameter("name", "a", "b");
        request.setParameter("limit", "many");

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> AppQueries.of(request))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
                    assertThat(refused.violations())
                            .extracting(violation -> violation.pointer() + " " + violation.detail())
                            .containsExactlyInAnyOrder("name is given more than once", "limit is a whole number");
                });
    }
}
