package io.qlikbridge.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.forwarded.CallerAddressValve;
import io.qlikbridge.trace.RequestId;
import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ProblemAnswersTests {

    @Test
    void problemOfAnErrorPageNamesThePathThatTheCallerWrote() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/context/error");
        request.setContextPath("/context");
        request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/context/api/v1/me");
        request.setAttribute(CallerAddressValve.PREFIX, "/outer");
        request.setAttribute(RequestId.KEY, "some-request");

        Problem problem = ProblemAnswers.problem(request, RequestFailures.ofStatus(404, request));

        assertThat(problem.instance()).isEqualTo("/outer/context/api/v1/me");
    }
}
