package io.qlikbridge.console;

import io.qlikbridge.failure.ProblemAnswers;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.trace.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** The page that says why a page cannot be shown. */
final class FailurePage {

    static final String VIEW = "console/failure";

    private FailurePage() {}

    static ModelAndView of(BridgeException failure, HttpServletRequest request, Frame frame) {
        HttpStatus status = ProblemAnswers.statusOf(failure.code());
        return new ModelAndView(
                VIEW,
                Map.of(
                        "frame", frame,
                        "status", status.value(),
                        "title", failure.code().title(),
                        "detail", failure.detail(),
                        "requestId", RequestId.of(request)),
                status);
    }
}
