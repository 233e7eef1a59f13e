package io.qlikbridge.connection;

import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.Violation;
import io.qlikbridge.problem.Violations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A connection, or something of it, as an admin sent it. Every value is taken for what it is: no number for a text, no text for a number. What is wrong is
 * noted, all of it.
 */
public final class ConnectionRequest {

    private final Map<String, JsonNode> sent;
    private final Violations violations;
    private final @Nullable String within;
    private final TreeSet<String> known = new TreeSet<>();

    /** @param sent the properties of the JSON object */
    public ConnectionRequest(Map<String, JsonNode> sent, Violations violations) {
        this(sent, violations, null);
    }

    private ConnectionRequest(Map<String, JsonNode> sent, Violations violations, @Nullable String within) {
        this.sent = sent;
        this.violations = violations;
        this.within = within;
    }

    /** The properties of an object that must be there; empty where it is not, or is none. What it has unknown, it refuses itself. */
    public Optional<ConnectionRequest> requiredObject(String name) {
        return violations
                .readRequired(value(name), pointer(name), ConnectionRequest::members)
                .map(members -> new ConnectionRequest(members, violations, name));
    }

    /** Whether a property was sent that has a value. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** What {@code reading} makes of a text; empty where there is none, or where it was refused. */
    public <T> Optional<T> text(String name, Function<String, T> reading) {
        return violations.read(value(name), pointer(name), value -> reading.apply(text(value)));
    }

    /** The same of a text that must be there. */
    public <T> Optional<T> requiredText(String name, Function<String, T> reading) {
        return violations.readRequired(value(name), pointer(name), value -> reading.apply(text(value)));
    }

    /** What {@code reading} makes of a whole number; empty where there is none, or where it was refused. */
    public <T> Optional<T> number(String name, Function<Integer, T> reading) {
        return violations.read(value(name), pointer(name), value -> reading.apply(number(value)));
    }

    /** A truth; empty where there is none, or where it was refused. */
    public Optional<Boolean> flag(String name) {
        return violations.read(value(name), pointer(name), ConnectionRequest::flag);
    }

    /** Notes a property that was sent, but does not go with another one. */
    public void refuse(String name, String detail) {
        violations.require(value(name) == null, pointer(name), detail);
    }

    /** Notes all that was sent and never asked for. */
    public void refuseUnknown() {
        sent.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> violations.require(
                        false, pointer(name), "is not known here. Known are: " + String.join(", ", known)));
    }

    private @Nullable JsonNode value(String name) {
        known.add(name);
        JsonNode value = sent.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private String pointer(String name) {
        return within == null ? Violation.pointer(name) : Violation.pointer(within, name);
    }

    private static Map<String, JsonNode> members(JsonNode value) {
        if (!value.isObject()) {
            throw new InvalidValue("is an object");
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    private static String text(JsonNode value) {
        if (!value.isString()) {
            throw new InvalidValue("is a text");
        }
        return value.asString();
    }

    private static Integer number(JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new InvalidValue("is a whole number");
        }
        return value.intValue();
    }

    private static Boolean flag(JsonNode value) {
        if (!value.isBoolean()) {
            throw new InvalidValue("is true or false");
        }
        return value.booleanValue();
    }
}
