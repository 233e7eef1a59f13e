package io.qlikbridge.failure;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.trace.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Translates whatever is thrown while a request is served into a problem. An exception without a translation becomes {@code internal}:
 * it is logged, and the caller gets the request id to find it by.
 */
@Component
class ExceptionTranslator {

    private static final Logger log = LoggerFactory.getLogger(ExceptionTranslator.class);

    private static final Duration DATABASE_RETRY_AFTER = Duration.ofSeconds(2);

    private final RequestFailures requests;
    private final JsonFailures json;

    ExceptionTranslator(RequestFailures requests, JsonFailures json) {
        this.requests = requests;
        this.json = json;
    }

    BridgeException read(HttpServletRequest request, Exception failure) {
        BridgeException known = known(request, failure).orElse(null);
        if (known != null && known.code() != ProblemCode.INTERNAL) {
            return known;
        }
        if (failure instanceof AsyncRequestNotUsableException) {
            log.debug("The caller of request {} has gone", RequestId.of(request));
        } else {
            log.error("Request {} failed", RequestId.of(request), failure);
        }
        return internal(RequestId.of(request));
    }

    /** Which methods, or which forms of a body, would have been right (RFC 9110, sections 15.5.6 and 15.5.16). */
    static HttpHeaders headers(Exception failure) {
        HttpHeaders headers = new HttpHeaders();
        if (failure instanceof ErrorResponse response) {
            copy(response.getHeaders(), headers, HttpHeaders.ALLOW);
            copy(response.getHeaders(), headers, HttpHeaders.ACCEPT);
        }
        return headers;
    }

    static BridgeException internal(String requestId) {
        return new BridgeException(
                ProblemCode.INTERNAL, "The bridge failed on this request. Its log says why, under " + requestId + ".");
    }

    private Optional<BridgeException> known(HttpServletRequest request, Exception failure) {
        ContentTooLarge tooLarge = causeOf(failure, ContentTooLarge.class);
        if (tooLarge != null) {
            return Optional.of(tooLarge.problem());
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return Optional.of(json.read(unreadable));
        }
        BridgeException ours = causeOf(failure, BridgeException.class);
        if (ours != null) {
            return Optional.of(ours);
        }
        Optional<BridgeException> database = DatabaseFailures.read(failure);
        if (database.isPresent()) {
            log.warn("Request {} found the database busy or away", RequestId.of(request), failure);
            return database;
        }
        if (failure instanceof ConcurrencyFailureException) {
            return Optional.of(new BridgeException(
                    ProblemCode.CONFLICT, "Somebody else changed this at the same time. Read it again, and repeat."));
        }
        if (failure instanceof CannotCreateTransactionException
                || failure instanceof DataAccessResourceFailureException) {
            log.warn("Request {} found the database busy or away", RequestId.of(request), failure);
            return Optional.of(new BridgeException(
                    ProblemCode.TOO_BUSY,
                    "The bridge's database does not answer in time. Ask again shortly.",
                    null,
                    DATABASE_RETRY_AFTER,
                    null));
        }
        if (failure instanceof DataIntegrityViolationException) {
            log.warn("Request {} does not fit the database", RequestId.of(request), failure);
            return Optional.of(new BridgeException(
                    ProblemCode.CONFLICT, "This does not fit what is there already. Read it again, and repeat."));
        }
        return requests.read(request, failure);
    }

    private static void copy(HttpHeaders from, HttpHeaders to, String name) {
        String value = from.getFirst(name);
        if (value != null) {
            to.set(name, value);
        }
    }

    static <T extends Throwable> @Nullable T causeOf(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
