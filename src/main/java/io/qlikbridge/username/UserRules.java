package io.qlikbridge.username;

import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the parts of a user may be, whoever names them. Each check answers with the text, or refuses it by an exception. */
public final class UserRules {

    /** How many groups are asserted to the tenant at most: all of them travel in every assertion. */
    public static final int MOST_GROUPS = 1000;

    private static final int LONGEST_TEXT = 255;
    private static final int LONGEST_EMAIL = 254; // RFC 5321, section 4.5.3.1.3, without the angle brackets
    private static final int LONGEST_GROUP = 256; // Qlik contract, 2.7

    private UserRules() {}

    /** A name. */
    public static String text(String text) {
        return PlainText.checked(text, LONGEST_TEXT);
    }

    /** A subject, without what nobody sees: two that look alike would be two users at the tenant. */
    public static String subject(String subject) {
        return seen(PlainText.checked(subject, LONGEST_TEXT));
    }

    private static String seen(String text) {
        PlainText.hidden(text).ifPresent(fault -> {
            throw new InvalidValue(fault);
        });
        return text;
    }

    public static String email(String email) {
        seen(PlainText.checked(email, LONGEST_EMAIL));
        int at = email.indexOf('@');
        if (PlainText.hasBlanks(email) || at < 1 || at != email.lastIndexOf('@') || at == email.length() - 1) {
            throw new InvalidValue("is an e-mail address such as ada@example.org");
        }
        return email;
    }

    /** A group's name, without blanks at its ends and with ordinary ones inside: the tenant compares it exactly. */
    public static String group(String asked) {
        String group = PlainText.tidy(asked);
        if (group.isEmpty() || group.length() > LONGEST_GROUP || !PlainText.isPlain(group)) {
            throw new InvalidValue("is 1 to " + LONGEST_GROUP + " characters, none of them a control character");
        }
        return seen(group);
    }

    /** What the check answers with; {@code null} for nothing, and for what it refuses. */
    public static @Nullable String kept(@Nullable String text, UnaryOperator<String> check) {
        try {
            return text == null ? null : check.apply(text);
        } catch (IllegalArgumentException refused) {
            return null;
        }
    }

    /** The groups that a user may hold, each once. */
    public static List<String> keptGroups(List<String> groups) {
        return groups.stream()
                .map(group -> kept(group, UserRules::group))
                .filter(Objects::nonNull)
                .distinct()
                .limit(MOST_GROUPS)
                .toList();
    }
}
