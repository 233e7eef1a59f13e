package io.qlikbridge.connection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.problem.InvalidValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a kind of Qlik deployment, such as {@code qlik-cloud}: words of {@code a-z} with {@code -} between them. Which of them
 * there are, {@link ConnectionKinds} knows.
 *
 * @param slug as it stands in requests and answers
 */
public record ConnectionType(@JsonValue String slug) {

    private static final Pattern SLUG = Pattern.compile("[a-z]+(-[a-z]+)*");

    @JsonCreator
    public ConnectionType {
        if (!SLUG.matcher(slug).matches()) {
            throw new InvalidValue("is words of a-z with - between them");
        }
    }

    /** The type of a connection at rest, such as {@code QLIK_CLOUD}. */
    static ConnectionType ofRow(String name) {
        return new ConnectionType(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** As it is kept. */
    String rowName() {
        return slug.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public String toString() {
        return slug;
    }
}
