package io.qlikbridge.failure;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violation;
import io.qlikbridge.trace.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.catalina.connector.Request;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.HandlerMapping;

/** Reads what Spring says is wrong with a request, except for a JSON body. */
@Component
class RequestFailures {

    /** Of ASCII (RFC 3986, section 2). */
    private static final String NOT_IN_ADDRESSES = "|\"<>\\^`{}";

    private final ValueHints forms;

    RequestFailures(ValueHints forms) {
        this.forms = forms;
    }

    /** Empty for what is not the caller's doing. */
    Optional<BridgeException> read(HttpServletRequest request, Exception failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case MethodArgumentTypeMismatchException mismatch ->
                        BridgeException.invalid(mismatch.getName(), forms.wrong(mismatch.getRequiredType(), mismatch));
                    case MissingServletRequestParameterException missing ->
                        BridgeException.invalid(missing.getParameterName(), "is missing");
                    case MissingRequestHeaderException missing ->
                        BridgeException.invalid(missing.getHeaderName(), "is missing: send it as a header");
                    case MissingServletRequestPartException missing ->
                        BridgeException.invalid(
                                missing.getRequestPartName(), "is missing: send it as a part of multipart/form-data");
                    case BindException bind -> invalid(bind);
                    case HandlerMethodValidationException validation -> invalid(validation);
                    case MaxUploadSizeExceededException large ->
                        new BridgeException(
                                ProblemCode.CONTENT_TOO_LARGE, "The upload is too large. Send a smaller file.");
                    case MultipartException unreadable ->
                        malformed("The body cannot be read as multipart/form-data. Let your HTTP client make it.");
                    case HttpRequestMethodNotSupportedException method -> wrongMethod(request, method);
                    case HttpMediaTypeNotSupportedException media ->
                        new BridgeException(
                                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                                "The body's Content-Type is not one of: " + list(media.getSupportedMediaTypes()) + ".");
                    case HttpMediaTypeNotAcceptableException media ->
                        new BridgeException(
                                ProblemCode.NOT_ACCEPTABLE,
                                "The Accept header has none of: " + list(media.getSupportedMediaTypes()) + ".");
                    case AsyncRequestTimeoutException slow ->
                        new BridgeException(ProblemCode.TOO_BUSY, "The answer took too long. Ask again later.");
                    case InvalidParameterException unreadable -> ofParameters(unreadable.getErrorCode(), request);
                    case ErrorResponse response ->
                        ofStatus(response.getStatusCode().value(), request);
                    default -> null;
                });
    }

    /** What a bare status says, for failures that bring nothing else. */
    static BridgeException ofStatus(int status, HttpServletRequest request) {
        return switch (status) {
            case 404 -> notFound();
            case 405 ->
                new BridgeException(
                        ProblemCode.METHOD_NOT_ALLOWED, "This address does not take " + request.getMethod());
            case 406 -> new BridgeException(ProblemCode.NOT_ACCEPTABLE, "Ask for application/json.");
            case 413 -> new BridgeException(ProblemCode.CONTENT_TOO_LARGE, "The request body is too large.");
            case 415 -> new BridgeException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
            // of Tomcat, while it stops
            case 503 ->
                new BridgeException(
                        ProblemCode.TOO_BUSY, "The bridge stops. Ask again.", null, Duration.ofSeconds(1), null);
            // 501 and 505: an encoding, a method or a version of HTTP that nobody speaks here
            default ->
                status >= 400 && status < 500 || status == 501 || status == 505
                        ? malformed(
                                "The request cannot be read. Its address or headers are malformed, or too many or too long.")
                        : ExceptionTranslator.internal(RequestId.of(request));
        };
    }

    private static BridgeException ofParameters(int status, HttpServletRequest request) {
        return status == HttpServletResponse.SC_BAD_REQUEST
                ? malformed("A parameter of the query or of a form cannot be read: its name or value is not UTF-8 in"
                        + " percent-encoding, a percent sign stands without two hexadecimal digits (it is %25), or there are"
                        + " more than are taken.")
                : ofStatus(status, request);
    }

    /** What Tomcat could not read as HTTP at all. How far it came tells what it was. */
    static BridgeException ofUnread(int status, Request request) {
        if (status != HttpServletResponse.SC_BAD_REQUEST) {
            return ofStatus(status, request);
        }
        if (!isAddressRead(request)) {
            return malformed("The request's first line cannot be read: its address holds a character that has to be"
                    + " percent-encoded there (RFC 3986), such as a blank (%20), \" (%22), < (%3C), | (%7C) or a letter"
                    + " beyond ASCII; or its parts are too many or too long; or the line is no HTTP, as when TLS is spoken to a"
                    + " port without it.");
        }
        return malformed("The request's headers cannot be read: one of them is malformed, as with a line break or a"
                + " control character in it, or given twice where it may stand once; or all of them, with the address, are"
                + " too many or too long (server.max-http-request-header-size), as with an access token that has"
                + " many groups in it.");
    }

    private static boolean isAddressRead(Request request) {
        MessageBytes address = request.getCoyoteRequest().requestURI();
        return !address.isNull()
                && address.toString()
                        .chars()
                        .allMatch(character ->
                                character > ' ' && character <= '~' && NOT_IN_ADDRESSES.indexOf(character) < 0);
    }

    private static BridgeException notFound() {
        return new BridgeException(
                ProblemCode.NOT_FOUND, "Nothing is served at this address. Compare it with the API's description.");
    }

    private static BridgeException malformed(String detail) {
        return new BridgeException(ProblemCode.INVALID_REQUEST, detail);
    }

    private static BridgeException wrongMethod(
            HttpServletRequest request, HttpRequestMethodNotSupportedException failure) {
        if ("/**".equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))) {
            // only the handler of static files was left, and there is no file either
            return notFound();
        }
        String[] right = failure.getSupportedMethods();
        return new BridgeException(
                ProblemCode.METHOD_NOT_ALLOWED,
                "This address takes "
                        + (right == null ? "another method" : String.join(", ", right))
                        + ", not " + failure.getMethod() + ".");
    }

    private BridgeException invalid(BindException failure) {
        boolean body = failure instanceof MethodArgumentNotValidException argument
                && argument.getParameter().hasParameterAnnotation(RequestBody.class);
        return BridgeException.invalid(failure.getAllErrors().stream()
                .map(error -> new Violation(pointer(error, body), detail(error)))
                .toList());
    }

    private static String pointer(ObjectError error, boolean body) {
        String name = error instanceof FieldError field ? field.getField() : "";
        return body ? "#/" + name.replace('.', '/').replace("[", "/").replace("]", "") : name;
    }

    private String detail(ObjectError error) {
        if (error instanceof FieldError field && field.isBindingFailure() && error.contains(Exception.class)) {
            return forms.wrong(null, error.unwrap(Exception.class));
        }
        return String.valueOf(error.getDefaultMessage());
    }

    private static BridgeException invalid(HandlerMethodValidationException failure) {
        List<Violation> violations = failure.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new Violation(
                                String.valueOf(result.getMethodParameter().getParameterName()),
                                String.valueOf(error.getDefaultMessage()))))
                .toList();
        return BridgeException.invalid(violations);
    }

    private static String list(List<MediaType> types) {
        return types.isEmpty()
                ? MediaType.APPLICATION_JSON_VALUE
                : types.stream().map(MediaType::toString).distinct().collect(Collectors.joining(", "));
    }
}
