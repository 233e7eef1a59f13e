package io.qlikbridge.simulator;

import java.util.Map;

/** The tenant says no: an HTTP status and one entry of Qlik's {@code errors}. */
final class Refusal extends RuntimeException {

    private final int status;
    private final String code;
    private final String title;
    private final transient Map<String, Object> meta;

    Refusal(int status, String code, String title, String detail, Map<String, Object> meta) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.meta = meta;
    }

    Refusal(int status, String code, String title, String detail) {
        this(status, code, title, detail, Map.of());
    }

    static Refusal invalid(String detail) {
        return new Refusal(400, "HTTP-400", "Bad request", detail);
    }

    static Refusal unauthorized() {
        return new Refusal(401, "HTTP-401", "Unauthorized", "Authentication is required.");
    }

    static Refusal forbidden(String detail) {
        return new Refusal(403, "HTTP-403", "Forbidden", detail);
    }

    static Refusal notFound() {
        return new Refusal(404, "HTTP-404", "Not found", "There is no such resource.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String title() {
        return title;
    }

    Map<String, Object> meta() {
        return meta;
    }
}
