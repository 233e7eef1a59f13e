package io.qlikbridge.issuing;

import com.github.tomakehurst.wiremock.http.Request;
import io.qlikbridge.Kept;

/** A call to a tenant that can go wrong on its own. */
enum Step {
    JWT_SESSION("POST", "/login/jwt-session"),
    CSRF_TOKEN("GET", "/api/v1/csrf-token"),
    API_KEY("POST", "/api/v1/api-keys"),
    /** Of the search for an orphan. */
    LOOK("GET", "/api/v1/api-keys"),
    /** Of an orphan that was found. */
    CLEAN_UP("DELETE", "/api/v1/api-keys/"),
    /** Of a key in use. */
    REVOCATION("DELETE", "/api/v1/api-keys/"),
    /** Of a connection that signs in as an OAuth client. */
    ACCESS_TOKEN("POST", "/oauth/token"),
    /** Whom an access token is for. */
    TOKEN_USER("GET", "/api/v1/users/me"),
    /** Of a connection that keeps sessions. */
    KEPT_SESSION("POST", "/login/jwt-session"),
    /** Whom a session is for. */
    SESSION_USER("GET", "/api/v1/users/me");

    private final String method;
    private final String path;

    Step(String method, String path) {
        this.method = method;
        this.path = path;
    }

    boolean is(Request request) {
        String asked = request.getUrl().replaceFirst("\\?.*", "");
        return request.getMethod().value().equals(method)
                && (path.endsWith("/") ? asked.startsWith(path) : asked.equals(path));
    }

    /** Whether no other call comes before it. */
    boolean isFirst() {
        return this == JWT_SESSION || this == REVOCATION || this == ACCESS_TOKEN || this == KEPT_SESSION;
    }

    /** Whether this is the call that comes before it. */
    boolean follows(Request request) {
        return switch (this) {
            case JWT_SESSION, REVOCATION, ACCESS_TOKEN, KEPT_SESSION -> false;
            case CSRF_TOKEN, LOOK -> JWT_SESSION.is(request);
            case API_KEY -> CSRF_TOKEN.is(request);
            case CLEAN_UP -> LOOK.is(request);
            case TOKEN_USER -> ACCESS_TOKEN.is(request);
            case SESSION_USER -> KEPT_SESSION.is(request);
        };
    }

    /** What the connection keeps whose calls these are. */
    Kept kept() {
        return switch (this) {
            case ACCESS_TOKEN, TOKEN_USER -> Kept.ACCESS_TOKENS;
            case KEPT_SESSION, SESSION_USER -> Kept.SESSIONS;
            default -> Kept.API_KEYS;
        };
    }
}
