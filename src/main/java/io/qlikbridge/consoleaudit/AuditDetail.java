package io.qlikbridge.consoleaudit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/**
 * One of an event's details, for people to read.
 *
 * @param name of the property; of one inside another, both with a dot between
 */
record AuditDetail(String name, String value) {

    private static final int MOST = 60;
    private static final int DEEPEST = 4;
    private static final int LONGEST = 400;
    private static final String MORE = "…";
    private static final String NOTHING = "–";

    /** All of them in their order, cut short where there is very much: the export has everything. */
    static List<AuditDetail> of(JsonNode details) {
        List<AuditDetail> found = new ArrayList<>();
        add(found, "", details, 0);
        return List.copyOf(found);
    }

    private static void add(List<AuditDetail> found, String name, JsonNode node, int depth) {
        if (node.isObject() && !node.isEmpty() && depth < DEEPEST) {
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                add(
                        found,
                        name.isEmpty() ? property.getKey() : name + "." + property.getKey(),
                        property.getValue(),
                        depth + 1);
            }
        } else if (!name.isEmpty() && found.size() < MOST) {
            String text = text(node);
            found.add(new AuditDetail(cut(name), text.isEmpty() ? NOTHING : cut(text)));
        } else if (found.size() == MOST) {
            found.add(new AuditDetail(MORE, MORE));
        }
    }

    private static String text(JsonNode node) {
        if (node.isArray() && node.valueStream().noneMatch(JsonNode::isContainer)) {
            StringJoiner items = new StringJoiner(", ");
            node.forEach(item -> items.add(item.asString("")));
            return items.toString();
        }
        return node.isContainer() ? node.toString() : node.asString("");
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + MORE;
    }
}
