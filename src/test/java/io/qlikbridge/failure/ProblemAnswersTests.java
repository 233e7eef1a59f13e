package io.qlikbridge.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.forwarded.CallerAddressValve;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.trace.RequestId;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

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

    @Test
    void failureThatIsShownAsAPageSaysWhenToAskAgain() throws Exception {
        MockHttpServletResponse response = answer(new Page() {
            @Override
            public void show(HttpServletRequest request, HttpServletResponse response, BridgeException failure)
                    throws IOException {
                response.setStatus(503);
                response.getWriter().write("a page");
            }
        });

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString()).isEqualTo("a page");
        assertThat(response.getHeader("Retry-After")).isEqualTo("7");
        assertThat(response.getHeader("X-Frame-Options")).isEqualTo("DENY");
    }

    @Test
    void failureThatCannotBeShownAsAPageIsAProblem() throws Exception {
        MockHttpServletResponse response = answer(new Page() {
            @Override
            public void show(HttpServletRequest request, HttpServletResponse response, BridgeException failure)
                    throws IOException {
                response.setContentType("text/html");
                response.getWriter().write("half a page");
                throw new IllegalStateException("no database");
            }
        });

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString()).startsWith("{").contains("\"code\":\"too-busy\"");
        assertThat(response.getHeader("Retry-After")).isEqualTo("7");
    }

    private abstract static class Page implements FailureView {

        @Override
        public boolean isFor(HttpServletRequest request) {
            return true;
        }
    }

    private static MockHttpServletResponse answer(FailureView view) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/console/users");
        request.setAttribute(RequestId.KEY, "some-request");
        MockHttpServletResponse response = new MockHttpServletResponse();
        StaticListableBeanFactory views = new StaticListableBeanFactory(Map.of("view", view));

        // what is only read is not told of
        new ProblemAnswers(JsonMapper.shared(), new RefusedRequests(null), views.getBeanProvider(FailureView.class))
                .write(
                        request,
                        response,
                        new BridgeException(ProblemCode.TOO_BUSY, "Ask again.", null, Duration.ofSeconds(7), null),
                        HttpHeaders.EMPTY);
        return response;
    }
}
