package io.qlikbridge.issuing;

import com.github.tomakehurst.wiremock.http.Request;

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
    REVOCATION("DELETE", "/api/v1/api-keys/");

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
        return this == JWT_SESSION || this == REVOCATION;
    }

    /** Whether this is the call that comes before it. */
    boolean follows(Request request) {
        return switch (this) {
            case JWT_SESSION, REVOCATION -> false;
            case CSRF_TOKEN, LOOK -> JWT_SESSION.is(request);
            case API_KEY -> CSRF_TOKEN.is(request);
            case CLEAN_UP -> LOOK.is(request);
        };
    }
}
