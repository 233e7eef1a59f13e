package io.qlikbridge.access;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.username.Username;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * Reads for whom a request acts from the header {@code X-Bridge-User}, for addresses whose query and body are not ours. The
 * name stands there percent-encoded as in a URL (UTF-8): headers hold ASCII.
 */
@Component
public class UserHeader {

    public static final String NAME = "X-Bridge-User";

    private final Callers callers;
    private final ActingUsers users;

    UserHeader(Callers callers, ActingUsers users) {
        this.callers = callers;
        this.users = users;
    }

    /**
     * The user that the caller acts for, by the rules of {@link ActingUsers}. A client that may act for one user, told by
     * name, may leave the header out.
     *
     * @throws BridgeException as {@link ActingUsers#of} does; {@code invalid-request} when the header is there twice or
     *     holds no username
     */
    public LocalUser actingFor(ConnectionId connection, HttpServletRequest request) {
        return actingFor(connection, Collections.list(request.getHeaders(NAME)));
    }

    /** @param values of the header, in the order they came */
    public LocalUser actingFor(ConnectionId connection, List<String> values) {
        Username named = named(values);
        return users.cached(connection, named == null ? onlyOne() : named, NAME);
    }

    private @Nullable Username onlyOne() {
        return callers.current() instanceof Caller.Client client
                ? client.allowed().only().orElse(null)
                : null;
    }

    private static @Nullable Username named(List<String> values) {
        if (values.isEmpty()) {
            return null;
        }
        String value = values.getFirst();
        if (values.size() > 1) {
            throw BridgeException.invalid(NAME, "is given more than once");
        }
        if (!value.chars().allMatch(character -> character >= ' ' && character <= '~')) {
            throw BridgeException.invalid(NAME, "holds ASCII: percent-encode other characters as in a URL");
        }
        try {
            return new Username(decoded(value));
        } catch (InvalidValue refused) {
            throw BridgeException.invalid(NAME, String.valueOf(refused.getMessage()));
        }
    }

    private static String decoded(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        String name;
        try {
            name = UriUtils.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidValue("has a % without two hexadecimal digits behind it");
        }
        if (name.indexOf('\uFFFD') >= 0) {
            throw new InvalidValue("is percent-encoded, but not as UTF-8");
        }
        return name;
    }
}
