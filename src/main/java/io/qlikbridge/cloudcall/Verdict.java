package io.qlikbridge.cloudcall;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.UpstreamErrors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an answer that refuses means at its step, and what to change: the one place that knows, for problems and for the
 * connection test. Refusals come from the tenant, from a proxy before it, or from a server that is no tenant at all, and
 * each has another remedy (contract, sections 2.4, 3, 4, 5.4, 15 and 16; RFC 9110, section 15; RFC 6585).
 *
 * @param code under which callers are told
 * @param finding what was answered, as a sentence
 * @param remedy what to change, as sentences
 */
record Verdict(ProblemCode code, String finding, String remedy) {

    private static final String NO_TENANT =
            "This is not how a Qlik Cloud tenant answers. Check the host of the connection: another server answers at that"
                    + " name, or the tenant was removed or renamed.";
    private static final String IN_BETWEEN =
            " Look for a proxy, firewall or gateway between the bridge and the tenant.";
    private static final String BLOCKED =
            "A firewall, a proxy or the tenant's list of allowed addresses keeps the bridge out. Allow the host there, and the"
                    + " bridge's outgoing address in the tenant's list.";
    private static final String LATER = "Ask again later; the tenant has trouble of its own.";
    private static final String GATEWAY =
            "A gateway before the tenant got no good answer from it. Ask again later; if it lasts," + " look at the"
                    + " tenant's status and at proxies between the bridge and the tenant.";

    private static final Map<String, String> CLAIMS = Map.ofEntries(
            Map.entry(
                    "iss", "Give the identity provider at the tenant the issuer of the connection, letter by letter."),
            Map.entry(
                    "aud",
                    "The tenant expects another audience than Qlik Cloud documents. Check the host of the connection."),
            Map.entry("exp", clocks()),
            Map.entry("nbf", clocks()),
            Map.entry("iat", clocks()),
            Map.entry(
                    "jti",
                    "The tenant has seen this assertion before. Look for a proxy that repeats requests, and ask again: each"
                            + " attempt is signed anew."),
            Map.entry("sub", "Look at the user's subject on this connection."),
            Map.entry("subtype", "Check that the host of the connection is a Qlik Cloud tenant."),
            Map.entry("name", "Look at the user's name at the bridge."),
            Map.entry("email", "Look at the user's e-mail address at the bridge."),
            Map.entry("email_verified", "Look at the user's e-mail address at the bridge, and whether it is verified."),
            Map.entry(
                    "groups",
                    "Look at the user's groups at the bridge: their number, and names of more than 256 characters."));

    /** How the body of an answer was meant. */
    private enum Form {
        QLIK,
        JSON,
        EMPTY,
        PAGE,
        OTHER
    }

    /**
     * @param stepCode for what is refused because of what this step is about
     * @param stepRemedy what to change then
     */
    static Verdict on(TenantCall call, TenantAnswer answer, CloudError error, ProblemCode stepCode, String stepRemedy) {
        int status = answer.status().value();
        Form form = form(answer, error);
        String step = call.step();
        boolean login = step.equals(CloudCall.LOGIN);
        ProblemCode code = code(status, form, login, stepCode);
        return new Verdict(
                code,
                finding(status, form, step, answer, error),
                remedy(status, form, call, answer, error, stepRemedy));
    }

    private static ProblemCode code(int status, Form form, boolean login, ProblemCode stepCode) {
        if (status == 407 || status == 511) {
            return ProblemCode.TENANT_UNREACHABLE;
        }
        boolean ofTheContent = switch (status) {
            case 400, 401, 403, 409, 413, 414, 422, 431, 494 -> true;
            default -> false;
        };
        if (!ofTheContent || !login && form == Form.PAGE) {
            return ProblemCode.TENANT_REFUSED;
        }
        return stepCode;
    }

    private static String finding(int status, Form form, String step, TenantAnswer answer, CloudError error) {
        String who = status == 407 ? "A proxy" : form == Form.PAGE || form == Form.OTHER ? "The host" : "Qlik";
        String how = form == Form.PAGE ? " with a web page" : form == Form.OTHER ? " with a text" : "";
        String said = error.words() == null ? "" : ": " + error.words();
        String server =
                form == Form.PAGE || form == Form.OTHER || form == Form.EMPTY && status >= 404 ? server(answer) : "";
        return who + " answered " + status + how + server + " at the step " + step + said + ".";
    }

    private static String server(TenantAnswer answer) {
        String server = CloudError.harmless(answer.headers().getFirst(HttpHeaders.SERVER));
        return server == null
                ? ""
                : " (it calls itself " + (server.length() > 40 ? server.substring(0, 40) : server) + ")";
    }

    private static String remedy(
            int status, Form form, TenantCall call, TenantAnswer answer, CloudError error, String stepRemedy) {
        boolean login = call.step().equals(CloudCall.LOGIN);
        boolean qlik = form == Form.QLIK || form == Form.JSON || form == Form.EMPTY;
        String known = byCode(call, error);
        if (known != null) {
            return known;
        }
        return switch (status) {
            case 400 ->
                qlik && form != Form.EMPTY
                        ? login ? claim(error, call) : stepRemedy
                        : login
                                ? "What stands before the tenant could not read the request. " + size(call) + IN_BETWEEN
                                : form == Form.EMPTY
                                        ? stepRemedy
                                        : "What stands before the tenant could not read the request." + IN_BETWEEN;
            case 401 -> unauthorized(form, call, answer, stepRemedy);
            case 403 -> form == Form.PAGE ? BLOCKED : login ? shutOut() : stepRemedy;
            case 404, 410 ->
                form == Form.QLIK
                        ? "The tenant does not know this. Check the host of the connection, and that the tenant is not"
                                + " disabled or removed."
                        : NO_TENANT;
            case 405, 406, 501 ->
                form == Form.QLIK
                        ? "The tenant does not serve this. Report its trace id to Qlik."
                        : NO_TENANT + IN_BETWEEN;
            case 407 ->
                "The forward proxy wants a user name and password. Put them into bridge.proxy.username and"
                        + " bridge.proxy.password, or into the address in the environment.";
            case 408 ->
                "The request took too long to arrive. Ask again; if it lasts, look at the network and at proxies on the"
                        + " way.";
            case 409, 423, 425 -> "The tenant cannot do this at the moment. Ask again.";
            case 411, 412, 417, 424, 426, 428, 505, 510 ->
                "Something on the way wants another form of HTTP than Qlik does." + IN_BETWEEN;
            case 413, 431, 494 -> size(call);
            case 414 ->
                "The address of the call is too long for what answers. Ask for less at once, by a shorter name or"
                        + " filter." + IN_BETWEEN;
            case 415, 416 -> "The request did not arrive as it was sent." + IN_BETWEEN;
            case 421 ->
                "The request reached a server that is not for this host. Check the host of the connection."
                        + IN_BETWEEN;
            case 422 -> login ? claim(error, call) : stepRemedy;
            case 451 -> "The tenant is closed to callers from here for legal reasons. Ask Qlik, or the tenant's owner.";
            case 495, 496 -> "Something on the way wants a client certificate." + IN_BETWEEN;
            case 497 -> "The host wants TLS on this port. Check scheme and port of the connection's host.";
            case 500 -> qlik ? LATER : "The server that answers has failed. Ask again later." + IN_BETWEEN;
            case 502, 504 -> form == Form.QLIK ? LATER : GATEWAY;
            case 503 -> (form == Form.QLIK ? LATER : GATEWAY) + comesBack(answer);
            case 507, 508 -> LATER;
            case 511 ->
                "The network wants a sign-in before it lets anything through. Let the bridge's machine in there.";
            default -> other(status, form);
        };
    }

    private static String other(int status, Form form) {
        if (status >= 520 && status <= 530) {
            return "A content delivery network on the way could not reach the tenant. Check the host of the connection, which"
                    + " is not such a network's at Qlik Cloud, and ask again later.";
        }
        if (status < 200 || status > 599) {
            return NO_TENANT;
        }
        if (form == Form.PAGE || form == Form.OTHER) {
            return NO_TENANT + IN_BETWEEN;
        }
        return status >= 500 ? LATER : "Look at what the tenant says, and report its trace id to Qlik." + IN_BETWEEN;
    }

    /** What the known codes mean at any status (contract, section 2.4). */
    private static @Nullable String byCode(TenantCall call, CloudError error) {
        return switch (error.code() == null ? "" : error.code()) {
            case "LOGIN-2" ->
                "There is no tenant of this name, or none that lets anybody sign in. Check the host of the connection.";
            case "LOGIN-12" ->
                "Several users of the tenant have this e-mail address. Leave one of them with it, in the tenant's"
                        + " user administration.";
            case "AUTH-5" ->
                "The user is no member of the tenant. Add the user in the tenant's administration, or look whether"
                        + " it was removed.";
            case "USER_INVITE_EXPIRED" ->
                "The user's invitation has lapsed. Invite the user again in the tenant's administration.";
            case "INTERNAL-TOKEN-1" -> call.step().equals(CloudCall.LOGIN) ? claim(error, call) : null;
            case CloudError.CSRF_REFUSED, "CSRF-TOKEN-3", "CSRF-TOKEN-4" ->
                "The session's cookies or CSRF token did not arrive as they were sent." + IN_BETWEEN;
            default -> null;
        };
    }

    private static String claim(CloudError error, TenantCall call) {
        String said = error.detail() == null ? "" : error.detail();
        for (String word : List.of(said.toLowerCase(Locale.ROOT).split("[^a-z_]+"))) {
            // "name" alone is too common a word to be a claim's, unless it is said to be
            String known = word.equals("name") && !said.contains("claim") ? null : CLAIMS.get(word);
            if (known != null) {
                return known + (word.equals("groups") ? " " + size(call) : "");
            }
        }
        return "The tenant finds fault with a claim of the assertion: see what it says. The connection test compares the clocks;"
                + " the rest of the claims are the user's name, e-mail and groups at the bridge.";
    }

    private static String unauthorized(Form form, TenantCall call, TenantAnswer answer, String stepRemedy) {
        String challenge = answer.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE);
        boolean another =
                challenge != null && !challenge.strip().regionMatches(true, 0, "Bearer", 0, "Bearer".length());
        if (form == Form.PAGE || another) {
            return "What answers wants a sign-in of its own, which is not Qlik's. Check the host of the connection."
                    + IN_BETWEEN;
        }
        if (call.step().equals(CloudCall.LOGIN) || call.step().startsWith(CloudCall.SETUP)) {
            return stepRemedy;
        }
        return call.headers().containsHeader(HttpHeaders.COOKIE)
                ? "The tenant does not accept the session that it has just opened. Look for a proxy that changes cookies; if there is"
                        + " none, ask again."
                : "The tenant does not accept the user's API key or access token. Look in the tenant's administration whether the user is disabled"
                        + " or lacks the permission \"Manage API keys\".";
    }

    private static String shutOut() {
        return "The tenant does not let this user in. Look in its administration at the user's state and licence, and at the list"
                + " of allowed addresses, which the bridge's has to be in.";
    }

    private static String clocks() {
        return "Set the bridge's clock by NTP, or set clockToleranceSec on the tenant's identity provider; the connection test"
                + " compares the clocks.";
    }

    private static String comesBack(TenantAnswer answer) {
        String after = answer.headers().getFirst(HttpHeaders.RETRY_AFTER);
        return after == null
                ? ""
                : " It says to come back in "
                        + UpstreamErrors.retryAfter(answer.headers()).toSeconds() + " seconds.";
    }

    /** What makes a request's headers large: the assertion, the session's cookies or the API key. */
    private static String size(TenantCall call) {
        String bearer = call.headers().getFirst(HttpHeaders.AUTHORIZATION);
        if (call.step().equals(CloudCall.LOGIN) && bearer != null) {
            int groups = groups(bearer);
            return "The assertion has " + bearer.length() + " bytes"
                    + (groups < 0 ? "" : " with " + groups + (groups == 1 ? " group" : " groups") + " in it")
                    + ", and servers take 8,000 to 16,000 bytes of headers. Give the user fewer groups at the bridge, or raise"
                    + " the limit of a proxy on the way.";
        }
        int all = call.headers().headerSet().stream()
                .flatMap(header -> header.getValue().stream())
                .mapToInt(String::length)
                .sum();
        int body = call.body() == null ? 0 : call.body().length();
        return "The request has " + all + " bytes of headers and " + body
                + " of body, which Qlik takes. Raise the limit of a" + " proxy on the way.";
    }

    /** How many groups an assertion of ours has; -1 where that cannot be seen. */
    private static int groups(String bearer) {
        String[] parts = bearer.split("\\.");
        if (parts.length != 3) {
            return -1;
        }
        try {
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return new JsonMapper().readTree(claims).path("groups").size();
        } catch (IllegalArgumentException | JacksonException unreadable) {
            return -1;
        }
    }

    private static Form form(TenantAnswer answer, CloudError error) {
        if (error.code() != null || error.traceId() != null) {
            return Form.QLIK;
        }
        if (answer.isPage()) {
            return Form.PAGE;
        }
        String body = answer.beginning();
        if (body.isEmpty()) {
            return Form.EMPTY;
        }
        return body.startsWith("{") ? Form.JSON : Form.OTHER;
    }
}
