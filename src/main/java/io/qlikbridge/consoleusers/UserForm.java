package io.qlikbridge.consoleusers;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violation;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.useradmin.UserRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A user as it stands in the form, not looked at yet.
 *
 * @param groups one on each line
 * @param subjects by the connection's id, also of connections that are gone
 * @param seen when the user was changed last, as the form was opened; empty for a new user
 */
record UserForm(
        String username,
        String name,
        String email,
        boolean emailVerified,
        String groups,
        boolean enabled,
        Map<String, String> subjects,
        String seen) {

    private static final String SUBJECT = "subjects.";
    private static final String GROUP = "#/groups/";

    static final UserForm EMPTY = new UserForm("", "", "", false, "", true, Map.of(), "");

    static UserForm of(MappedUser mapped) {
        LocalUser user = mapped.user();
        Map<String, String> subjects = new TreeMap<>();
        mapped.subjects().forEach((connection, subject) -> subjects.put(connection.value(), subject));
        return new UserForm(
                user.username().value(),
                Objects.requireNonNullElse(user.name(), ""),
                Objects.requireNonNullElse(user.email(), ""),
                user.emailVerified(),
                String.join("\n", user.groups()),
                user.enabled(),
                subjects,
                mapped.updatedAt().toString());
    }

    /** As it was sent: of a field that is there several times, the first. */
    static UserForm of(MultiValueMap<String, String> sent) {
        Map<String, String> subjects = new TreeMap<>();
        sent.forEach((field, values) -> {
            if (field.startsWith(SUBJECT)) {
                subjects.put(field.substring(SUBJECT.length()), values.getFirst());
            }
        });
        return new UserForm(
                text(sent, "username"),
                text(sent, "name"),
                text(sent, "email"),
                sent.containsKey("emailVerified"),
                text(sent, "groups"),
                sent.containsKey("enabled"),
                subjects,
                text(sent, "seen"));
    }

    private static String text(MultiValueMap<String, String> sent, String field) {
        return Objects.requireNonNullElse(sent.getFirst(field), "");
    }

    /** What an admin asks for by it; blanks at the ends of a field are not meant. */
    UserRequest request() {
        Map<String, @Nullable String> asked = new TreeMap<>();
        subjects.forEach((connection, subject) -> {
            String tidy = tidy(subject);
            if (tidy != null) {
                asked.put(connection, tidy);
            }
        });
        List<@Nullable String> named = new ArrayList<>(groupLines());
        return new UserRequest(tidy(username), tidy(name), tidy(email), emailVerified, named, enabled, asked);
    }

    private List<String> groupLines() {
        return groups.lines()
                .map(PlainText::trim)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static @Nullable String tidy(String text) {
        String tidy = PlainText.trim(text);
        return tidy.isEmpty() ? null : tidy;
    }

    /** What was refused of it, at the fields. */
    FormErrors errors(BridgeException refused) {
        if (refused.code() == ProblemCode.USER_EXISTS) {
            return FormErrors.at("username", refused.detail());
        }
        if (refused.violations().isEmpty()) {
            return FormErrors.of(refused);
        }
        List<String> lines = groupLines();
        return FormErrors.of(BridgeException.invalid(refused.violations().stream()
                .map(violation -> ofGroup(violation, lines))
                .toList()));
    }

    /** All groups stand in one field. */
    private static Violation ofGroup(Violation violation, List<String> lines) {
        if (!violation.pointer().startsWith(GROUP)) {
            return violation;
        }
        String group = lines.get(Integer.parseInt(violation.pointer().substring(GROUP.length())));
        return new Violation("#/groups", "\"" + group + "\" " + violation.detail());
    }

    String subject(ConnectionId connection) {
        return subjects.getOrDefault(connection.value(), "");
    }
}
