package io.qlikbridge.userimport;

import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.QlikSpelling;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Lines of an import in the text format of PostgreSQL's {@code COPY}: tabs between the values, {@code \N} for none. No
 * value of a user has a control character, so the backslash alone needs another in front.
 */
final class ImportCopy {

    private final StringBuilder text = new StringBuilder();

    /** In the order of the columns of {@code user_import}. */
    void add(ImportLine line, @Nullable String[] subjects) {
        LocalUser user = line.mapped().user();
        text.append(line.number()).append('\t').append(user.id());
        value(user.username().value());
        value(user.name());
        value(user.email());
        text.append('\t').append(line.emailVerified());
        list(user.groups().toArray(String[]::new));
        text.append('\t').append(user.enabled());
        list(subjects);
        list(Arrays.stream(subjects)
                .map(subject -> subject == null ? null : QlikSpelling.key(subject))
                .toArray(String[]::new));
        value(line.given());
        value(line.fault());
        text.append('\n');
    }

    private void value(@Nullable String value) {
        text.append('\t');
        if (value == null) {
            text.append("\\N");
        } else {
            text.append(value.replace("\\", "\\\\"));
        }
    }

    private void list(@Nullable String[] values) {
        StringJoiner list = new StringJoiner(",", "{", "}");
        for (String value : values) {
            list.add(value == null ? "null" : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        value(list.toString());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
