package io.qlikbridge.problem;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/**
 * One thing wrong with a request.
 *
 * @param pointer where: a JSON pointer as a URI fragment ({@code #/apiKeyExpiry}) for a body, the name for a parameter
 * @param detail what to change
 */
public record Violation(String pointer, String detail) {

    private static final int LONGEST_NAME = 100;

    /** The pointer to a property, whatever characters its name has; of a long one, its beginning. */
    public static String pointer(String property) {
        return "#/" + token(property.length() > LONGEST_NAME ? property.substring(0, LONGEST_NAME) : property);
    }

    /** The pointer to a member of a property, whatever characters its key has (RFC 6901, sections 3 and 6). */
    public static String pointer(String property, String key) {
        return "#/" + property + "/" + token(key);
    }

    private static String token(String name) {
        return UriUtils.encode(name.replace("~", "~0").replace("/", "~1"), StandardCharsets.UTF_8);
    }
}
