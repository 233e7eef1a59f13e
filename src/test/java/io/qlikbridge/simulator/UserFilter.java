package io.qlikbridge.simulator;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One comparison of the filter language of RFC 7644, on users. As at Qlik it ignores case, so it may find two subjects that
 * differ in case alone.
 */
final class UserFilter {

    private static final Pattern COMPARISON = Pattern.compile("(\\w+) (eq|co) (\"(?:[^\"\\\\]|\\\\.)*\")");
    private static final Map<String, Function<User, @Nullable String>> FIELDS =
            Map.of("id", User::id, "subject", User::subject, "name", User::name, "email", User::email);

    private UserFilter() {}

    static Predicate<User> of(@Nullable String filter) {
        if (filter == null) {
            return user -> true;
        }
        Matcher comparison = COMPARISON.matcher(filter);
        if (!comparison.matches() || !FIELDS.containsKey(comparison.group(1))) {
            throw Refusal.invalid("The filter cannot be read.");
        }
        Function<User, @Nullable String> field = FIELDS.get(comparison.group(1));
        String wanted = text(comparison.group(3)).toLowerCase(Locale.ROOT);
        boolean whole = comparison.group(2).equals("eq");
        return user -> {
            String value = field.apply(user);
            String lower = value == null ? "" : value.toLowerCase(Locale.ROOT);
            return whole ? lower.equals(wanted) : lower.contains(wanted);
        };
    }

    private static String text(String quoted) {
        try {
            return JsonMapper.shared().readValue(quoted, String.class);
        } catch (JacksonException malformed) {
            throw Refusal.invalid("The filter's value cannot be read.");
        }
    }
}
