package io.qlikbridge.console;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a form was refused: what to change at which field, and what is true of no field alone. In the model as {@code errors}, the form's
 * fields show it.
 */
public final class FormErrors {

    private final ProblemCode code;
    private final Map<String, String> fields;
    private final @Nullable String message;

    private FormErrors(ProblemCode code, Map<String, String> fields, @Nullable String message) {
        this.code = code;
        this.fields = fields;
        this.message = message;
    }

    /** What a module has refused. A pointer such as {@code #/subjects/acme} is the field {@code subjects.acme}. */
    public static FormErrors of(BridgeException refusal) {
        List<Violation> violations = refusal.violations();
        if (violations.isEmpty()) {
            return new FormErrors(refusal.code(), Map.of(), refusal.detail());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        violations.forEach(violation ->
                fields.merge(field(violation.pointer()), violation.detail(), (first, next) -> first + "; " + next));
        return new FormErrors(refusal.code(), fields, null);
    }

    /** At one field. */
    public static FormErrors at(String field, String detail) {
        return new FormErrors(ProblemCode.INVALID_REQUEST, Map.of(field, detail), null);
    }

    /** At these fields. */
    public static FormErrors at(Map<String, String> fields) {
        return new FormErrors(ProblemCode.INVALID_REQUEST, new LinkedHashMap<>(fields), null);
    }

    /** Under the names of a form, where they are not those of the API. */
    public FormErrors renamed(Map<String, String> names) {
        Map<String, String> other = new LinkedHashMap<>();
        fields.forEach((field, detail) -> other.put(names.getOrDefault(field, field), detail));
        return new FormErrors(code, other, message);
    }

    /** What to change at a field, or null. */
    public @Nullable String at(String field) {
        return fields.get(field);
    }

    /** What is wrong beside the fields, or null. */
    public @Nullable String message() {
        return message;
    }

    /** What is wrong at fields that the form does not have, each with its name, so that nothing goes unsaid. */
    public List<String> besides(List<String> shown) {
        return fields.entrySet().stream()
                .filter(entry -> !shown.contains(entry.getKey()))
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    /** In the order in which they were found. */
    public Map<String, String> fields() {
        return Collections.unmodifiableMap(fields);
    }

    public ProblemCode code() {
        return code;
    }

    private static String field(String pointer) {
        String path = pointer.startsWith("#/") ? pointer.substring(2) : pointer;
        String[] tokens = path.split("/", -1);
        for (int index = 0; index < tokens.length; index++) {
            tokens[index] = URLDecoder.decode(tokens[index].replace("+", "%2B"), StandardCharsets.UTF_8)
                    .replace("~1", "/")
                    .replace("~0", "~");
        }
        return String.join(".", tokens);
    }
}
