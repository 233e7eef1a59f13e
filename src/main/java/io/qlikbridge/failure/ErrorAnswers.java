package io.qlikbridge.failure;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers where the servlet container would show its error page. */
@RestController
class ErrorAnswers implements ErrorController {

    private final ProblemAnswers answers;

    ErrorAnswers(ProblemAnswers answers) {
        this.answers = answers;
    }

    @RequestMapping("${server.error.path:/error}")
    @Nullable
    ResponseEntity<Problem> answer(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            // half an answer is out: nothing may be put behind it that makes it look whole
            return null;
        }
        BrowserHeaders.put(request, response);
        // without a status somebody asked for this very address, where nothing is
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        return answers.answer(request, RequestFailures.ofStatus(status, request), HttpHeaders.EMPTY);
    }
}
