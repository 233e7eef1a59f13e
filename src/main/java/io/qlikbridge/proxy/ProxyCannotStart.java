package io.qlikbridge.proxy;

/** The configured proxy is none, so the bridge does not start rather than go past it. */
class ProxyCannotStart extends RuntimeException {

    private final String action;

    ProxyCannotStart(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
