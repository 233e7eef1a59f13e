package io.qlikbridge.sitesimulator;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The repository's filter language: comparisons of members, such as {@code stream.name eq 'Everyone'}, joined by {@code and},
 * {@code or} and parentheses. Text is compared as it is: whether a site minds case is not published.
 */
final class EntityFilter {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:'((?:[^']|'')*)'|([()])|([^\\s()']+))\\s*");
    private static final List<String> OPERATORS = List.of("eq", "ne", "gt", "ge", "lt", "le", "sw", "ew", "so");

    private final String text;
    private final Deque<Token> tokens = new ArrayDeque<>();

    private EntityFilter(String text) {
        this.text = text;
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length() && token.region(at, text.length()).lookingAt()) {
            boolean quoted = token.group(1) != null;
            tokens.add(new Token(
                    quoted ? token.group(1).replace("''", "'") : token.group().strip(), quoted));
            at = token.end();
        }
        if (at < text.length()) {
            throw unreadable();
        }
    }

    static Predicate<Map<String, @Nullable Object>> parse(String text) {
        EntityFilter filter = new EntityFilter(text);
        Predicate<Map<String, @Nullable Object>> parsed = filter.alternatives();
        if (!filter.tokens.isEmpty()) {
            throw filter.unreadable();
        }
        return parsed;
    }

    private Predicate<Map<String, @Nullable Object>> alternatives() {
        Predicate<Map<String, @Nullable Object>> all = conditions();
        while (takes("or")) {
            all = all.or(conditions());
        }
        return all;
    }

    private Predicate<Map<String, @Nullable Object>> conditions() {
        Predicate<Map<String, @Nullable Object>> all = condition();
        while (takes("and")) {
            all = all.and(condition());
        }
        return all;
    }

    private Predicate<Map<String, @Nullable Object>> condition() {
        if (takes("(")) {
            Predicate<Map<String, @Nullable Object>> inner = alternatives();
            if (!takes(")")) {
                throw unreadable();
            }
            return inner;
        }
        String path = take().text();
        String operator = take().text().toLowerCase(Locale.ROOT);
        String value = take().text();
        if (!OPERATORS.contains(operator) || !path.matches("[A-Za-z]+(\\.[A-Za-z]+)*")) {
            throw unreadable();
        }
        return entity -> holds(at(entity, path.split("\\.")), operator, value);
    }

    private boolean holds(@Nullable Object member, String operator, String value) {
        if (member instanceof Collection<?> several) {
            return several.stream().anyMatch(one -> holds(one, operator, value));
        }
        if (member == null) {
            return operator.equals("ne");
        }
        String found = member.toString();
        return switch (operator) {
            case "eq" -> found.equals(value);
            case "ne" -> !found.equals(value);
            case "sw" -> found.startsWith(value);
            case "ew" -> found.endsWith(value);
            case "so" -> found.contains(value);
            case "gt" -> compare(member, value) > 0;
            case "ge" -> compare(member, value) >= 0;
            case "lt" -> compare(member, value) < 0;
            default -> compare(member, value) <= 0;
        };
    }

    private int compare(Object member, String value) {
        if (!(member instanceof Long number)) {
            return member.toString().compareTo(value);
        }
        if (!value.matches("\\d{1,18}")) {
            throw unreadable();
        }
        return Long.compare(number, Long.parseLong(value));
    }

    private @Nullable Object at(@Nullable Object from, String... path) {
        @Nullable Object found = from;
        for (int step = 0; step < path.length; step++) {
            if (found instanceof Collection<?> several) {
                String[] rest = Arrays.copyOfRange(path, step, path.length);
                return several.stream().map(one -> at(one, rest)).toList();
            }
            if (found == null) {
                return null;
            }
            if (!(found instanceof Map<?, ?> members) || !members.containsKey(path[step])) {
                throw unreadable();
            }
            found = members.get(path[step]);
        }
        return found;
    }

    private boolean takes(String expected) {
        Token next = tokens.peek();
        if (next == null || next.quoted() || !next.text().equalsIgnoreCase(expected)) {
            return false;
        }
        tokens.remove();
        return true;
    }

    private Token take() {
        Token next = tokens.poll();
        if (next == null) {
            throw unreadable();
        }
        return next;
    }

    private SiteRefusal unreadable() {
        return SiteRefusal.of(400, "Cannot parse the expression: " + text);
    }

    private record Token(String text, boolean quoted) {}
}
