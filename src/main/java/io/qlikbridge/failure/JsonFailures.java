package io.qlikbridge.failure;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.io.CharConversionException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Reads what is wrong with a JSON body, and where: the place and the expectation, never the content. */
@Component
class JsonFailures {

    private static final String NOT_JSON = "The body is not JSON";
    private static final String NOT_UTF8 =
            "The body is not UTF-8, as JSON is (RFC 8259, section 8.1): send it in UTF-8, not in Latin-1 or Windows-1252";

    private final ValueHints forms;

    JsonFailures(ValueHints forms) {
        this.forms = forms;
    }

    BridgeException read(HttpMessageNotReadableException failure) {
        JacksonException json = ExceptionTranslator.causeOf(failure, JacksonException.class);
        if (json == null) {
            return malformed("The request needs a body.");
        }
        BridgeException ours = ExceptionTranslator.causeOf(failure, BridgeException.class);
        if (ours != null) {
            return ours.code() == ProblemCode.INVALID_REQUEST
                            && ours.violations().isEmpty()
                    ? BridgeException.invalid(pointer(json), ours.detail())
                    : ours;
        }
        return switch (json) {
            case StreamConstraintsException extreme ->
                malformed("The body nests too deep, or has too long a value" + where(extreme) + ".");
            case StreamReadException malformed ->
                malformed(
                        isEncoding(malformed) ? NOT_UTF8 + where(malformed) + "." : NOT_JSON + where(malformed) + ".");
            case UnrecognizedPropertyException unknown ->
                BridgeException.invalid(pointer(unknown), "is not known here. Known are: " + known(unknown));
            case ValueInstantiationException refused ->
                BridgeException.invalid(
                        pointer(refused), forms.wrong(refused.getType().getRawClass(), refused));
            case MismatchedInputException mismatch -> mismatch(mismatch);
            default -> malformed(isEncoding(json) ? NOT_UTF8 + "." : "The body cannot be read.");
        };
    }

    /** What is not UTF-8 is noticed at the first letter beyond ASCII, which may be in the middle of good JSON. */
    private static boolean isEncoding(JacksonException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        return message.startsWith("Invalid UTF-")
                || ExceptionTranslator.causeOf(failure, CharacterCodingException.class) != null
                || ExceptionTranslator.causeOf(failure, CharConversionException.class) != null;
    }

    private BridgeException mismatch(MismatchedInputException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        if (failure.getPath().isEmpty() && message.startsWith("No content")) {
            return malformed("The request needs a body.");
        }
        if (failure.getPath().isEmpty() && message.startsWith("Trailing token")) {
            return malformed("The body goes on behind its JSON value" + where(failure) + ".");
        }
        if (message.startsWith("Cannot map `null`")) {
            return BridgeException.invalid(pointer(failure), forms.missing(failure.getTargetType()));
        }
        return BridgeException.invalid(pointer(failure), forms.wrong(failure.getTargetType(), failure));
    }

    private static String known(UnrecognizedPropertyException failure) {
        Collection<Object> known = failure.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? "none"
                : known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String where(JacksonException failure) {
        return failure.getLocation() == null || failure.getLocation().getLineNr() < 1
                ? ""
                : " (line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr() + ")";
    }

    /** A JSON pointer as a URI fragment (RFC 6901, section 6). */
    private static String pointer(JacksonException failure) {
        return "#"
                + failure.getPath().stream()
                        .map(step -> "/" + (step.getPropertyName() == null ? step.getIndex() : escape(step)))
                        .collect(Collectors.joining());
    }

    private static String escape(JacksonException.Reference step) {
        String name = step.getPropertyName();
        String visible = name.length() > 100 ? name.substring(0, 100) : name;
        return UriUtils.encodeFragment(visible.replace("~", "~0").replace("/", "~1"), StandardCharsets.UTF_8);
    }

    private static BridgeException malformed(String detail) {
        return new BridgeException(ProblemCode.INVALID_REQUEST, detail);
    }
}
