package io.qlikbridge.failure;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** Answers requests that the HTTP firewall does not let in: their address or headers can be read in two ways. */
@Component
class RejectedRequests implements RequestRejectedHandler {

    private final ProblemAnswers answers;

    RejectedRequests(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejection)
            throws IOException {
        BridgeException problem = new BridgeException(
                ProblemCode.INVALID_REQUEST,
                "The address, the method or a header holds what is not let in, such as //, ; or an encoded slash.");
        answers.write(request, response, problem, HttpHeaders.EMPTY);
    }
}
