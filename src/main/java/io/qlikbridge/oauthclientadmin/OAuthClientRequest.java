package io.qlikbridge.oauthclientadmin;

import io.qlikbridge.oauthclient.OAuthClient;
import io.qlikbridge.problem.Violations;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth client as an admin sends it.
 *
 * @param clientSecret {@code null} for a client that authenticates with the connection's signing key
 */
public record OAuthClientRequest(
        @Nullable String clientId, @Nullable String clientSecret) {

    /** What ids and secrets are made of (RFC 6749, appendices A.1 and A.2), but for blanks, which are a slip of whoever copied them. */
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]*");

    private static final int LONGEST_ID = 255;
    private static final int LONGEST_SECRET = 1024;

    OAuthClient client() {
        Violations violations = new Violations();
        String id = clientId == null ? "" : clientId;
        check(violations, "#/clientId", id, LONGEST_ID);
        if (clientSecret != null) {
            check(violations, "#/clientSecret", clientSecret, LONGEST_SECRET);
        }
        violations.throwIfAny();
        return new OAuthClient(id, clientSecret);
    }

    private static void check(Violations violations, String pointer, String text, int longest) {
        violations.require(
                !text.isEmpty()
                        && text.length() <= longest
                        && FORM.matcher(text).matches(),
                pointer,
                "is 1 to " + longest + " printable characters of ASCII without blanks, as the tenant shows it");
    }

    @Override
    public String toString() {
        return "OAuthClientRequest[]";
    }
}
