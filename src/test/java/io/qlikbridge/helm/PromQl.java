package io.qlikbridge.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an expression of the query language of Prometheus, as far as ours go: operators with {@code on}, aggregations,
 * functions, selectors, ranges and offsets. Whatever else it meets, it refuses.
 */
final class PromQl {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<string>\"(?:[^\"\\\\]|\\\\.)*\")"
            + "|(?<range>\\[(?:\\d+[smhd]|\\$__rate_interval)])"
            + "|(?<duration>\\d+[smhd]\\b)"
            + "|(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
            + "|(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%<>=(){},]))");
    private static final Set<String> OVER_TIME = Set.of("rate", "increase", "max_over_time");
    private static final Set<String> AT_A_TIME = Set.of("absent");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");
    private static final List<Set<String>> BINARY = List.of(
            Set.of("or"),
            Set.of("and", "unless"),
            Set.of("==", "!=", ">", "<", ">=", "<="),
            Set.of("+", "-"),
            Set.of("*", "/", "%"));

    private final String expression;
    private final List<String> tokens = new ArrayList<>();
    private final Set<String> metrics = new TreeSet<>();
    private final Set<String> matchers = new TreeSet<>();
    private int next;

    private PromQl(String expression) {
        this.expression = expression;
    }

    /** @throws IllegalArgumentException when it is not an expression that can be charted or alerted on */
    static PromQl read(String expression) {
        PromQl read = new PromQl(expression);
        read.split();
        if (read.binary(0)) {
            throw read.refused("it gives a range, which nothing shows");
        }
        if (read.next < read.tokens.size()) {
            throw read.refused("nothing goes on with " + read.peek());
        }
        return read;
    }

    /** The names of the series that it asks for. */
    Set<String> metrics() {
        return metrics;
    }

    /** What it asks of labels, such as {@code area="heap"}. */
    Set<String> matchers() {
        return matchers;
    }

    private void split() {
        Matcher matcher = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.stripTrailing().length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw refused("no token begins at " + expression.substring(at));
            }
            tokens.add(matcher.group().strip());
            at = matcher.end();
        }
    }

    /** Whether it is a range. */
    private boolean binary(int level) {
        if (level == BINARY.size()) {
            return shifted();
        }
        boolean range = binary(level + 1);
        while (BINARY.get(level).contains(peek())) {
            String operator = take();
            if (taken("on")) {
                labels();
            }
            if (binary(level + 1) || range) {
                throw refused(operator + " does not take a range");
            }
        }
        return range;
    }

    private boolean shifted() {
        boolean range = primary();
        if (peek().startsWith("[")) {
            take();
            range = true;
        }
        if (taken("offset") && !take().matches("\\d+[smhd]")) {
            throw refused("offset wants a duration");
        }
        return range;
    }

    private boolean primary() {
        String token = take();
        if (token.equals("(")) {
            boolean range = binary(0);
            expect(")");
            return range;
        }
        if (token.matches("\\d[\\d.eE+-]*")) {
            return false;
        }
        if (AGGREGATIONS.contains(token)) {
            if (taken("by")) {
                labels();
            }
            argument(token, false);
            return false;
        }
        if (peek().equals("(")) {
            if (!OVER_TIME.contains(token) && !AT_A_TIME.contains(token)) {
                throw refused(token + " is no function that is used here");
            }
            argument(token, OVER_TIME.contains(token));
            return false;
        }
        if (!token.matches("[a-z][a-zA-Z0-9_:]*")) {
            throw refused(token + " is no metric");
        }
        metrics.add(token);
        if (peek().equals("{")) {
            selector();
        }
        return false;
    }

    private void argument(String of, boolean range) {
        expect("(");
        if (binary(0) != range) {
            throw refused(of + (range ? " wants a range" : " does not take a range"));
        }
        expect(")");
    }

    private void selector() {
        expect("{");
        do {
            String label = take();
            String operator = take();
            String value = take();
            if (!label.matches("[a-zA-Z_]\\w*") || !operator.matches("=|!=|=~|!~") || !value.startsWith("\"")) {
                throw refused(label + operator + value + " is no matcher");
            }
            if (operator.endsWith("~")) {
                Pattern.compile(value.substring(1, value.length() - 1));
            }
            matchers.add(label + operator + value);
        } while (taken(","));
        expect("}");
    }

    private void labels() {
        expect("(");
        do {
            if (!take().matches("[a-zA-Z_]\\w*")) {
                throw refused("a label is missing");
            }
        } while (taken(","));
        expect(")");
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        if (next == tokens.size()) {
            throw refused("it ends too early");
        }
        return tokens.get(next++);
    }

    private boolean taken(String token) {
        if (!peek().equals(token)) {
            return false;
        }
        next++;
        return true;
    }

    private void expect(String token) {
        String found = take();
        if (!found.equals(token)) {
            throw refused(found + " stands where " + token + " should");
        }
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException(reason + " in " + expression);
    }
}
