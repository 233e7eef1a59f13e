package io.qlikbridge.consoleconnections;

import io.qlikbridge.problem.PlainText;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** What was typed into the fields of a form, as the REST API would be sent it. An empty field is a setting that was not sent. */
public final class TypedSettings {

    private final Map<String, String> typed;
    private final Map<String, JsonNode> sent = new LinkedHashMap<>();

    /** @param typed by the names of settings */
    TypedSettings(Map<String, String> typed) {
        this.typed = typed;
    }

    /** What was typed, without blanks at its ends; empty for nothing. */
    public String typed(String name) {
        return PlainText.trim(typed.getOrDefault(name, ""));
    }

    public TypedSettings text(String name) {
        return text(name, typed(name));
    }

    /** A text that was made of what was typed. */
    public TypedSettings text(String name, String text) {
        if (!text.isEmpty()) {
            sent.put(name, StringNode.valueOf(text));
        }
        return this;
    }

    /** A number; what is none is sent as it is, to be refused. */
    public TypedSettings number(String name) {
        try {
            sent.put(name, IntNode.valueOf(Integer.parseInt(typed(name))));
            return this;
        } catch (NumberFormatException notOne) {
            return text(name);
        }
    }

    /** A box that is ticked or not. */
    public TypedSettings flag(String name) {
        sent.put(name, BooleanNode.valueOf(!typed(name).isEmpty()));
        return this;
    }

    /** All of them, by their names. */
    public Map<String, JsonNode> sent() {
        return sent;
    }
}
