package io.qlikbridge.apps;

import io.qlikbridge.problem.Violations;
import io.qlikbridge.tenant.AppQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads which apps a caller asks for. By hand: Spring would join a parameter that is given twice to one text, and tell the first
 * mistake alone; binding the record takes a twentieth of a warm request.
 */
final class AppQueries {

    private AppQueries() {}

    /** The query, or {@code invalid-request} with all that is wrong with it. */
    static AppQuery of(HttpServletRequest request) {
        return of(request::getParameterValues);
    }

    /** @param request has the values of each parameter; {@code null} for none */
    static AppQuery of(Function<String, String @Nullable []> request) {
        Violations violations = new Violations();
        String limit = single(request, "limit", violations);
        AppQuery query = new AppQuery(
                single(request, "name", violations),
                single(request, "space", violations),
                single(request, "subType", violations),
                single(request, "sort", violations),
                limit == null || limit.isEmpty() ? null : number(limit, violations),
                single(request, "after", violations));
        violations.throwIfAny();
        return query.checked();
    }

    private static @Nullable String single(
            Function<String, String @Nullable []> request, String name, Violations violations) {
        String[] values = request.apply(name);
        if (values == null || values.length == 0) {
            return null;
        }
        violations.require(values.length == 1, name, "is given more than once");
        return values[0];
    }

    private static @Nullable Integer number(String text, Violations violations) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException refused) {
            violations.require(false, "limit", "is a whole number");
            return null;
        }
    }
}
