package io.qlikbridge.failure;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers for whatever a controller, or the way to it, throws. */
@RestControllerAdvice
class ProblemAdvice {

    private final ProblemAnswers answers;
    private final ExceptionTranslator reading;

    ProblemAdvice(ProblemAnswers answers, ExceptionTranslator reading) {
        this.answers = answers;
        this.reading = reading;
    }

    @ExceptionHandler
    ResponseEntity<Problem> answer(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (failure instanceof AccessDeniedException
                || failure instanceof AuthenticationException
                || response.isCommitted()) {
            // the security filters answer the first two; nobody can answer twice
            throw failure;
        }
        return answers.answer(request, reading.read(request, failure), ExceptionTranslator.headers(failure));
    }
}
