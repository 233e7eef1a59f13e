package io.qlikbridge.sitesimulator;

import java.time.Instant;

/** A user's session on a virtual proxy. */
final class ProxySession {

    private final String id;
    private final VirtualProxy proxy;
    private final SiteUser user;
    private Instant lastUsed;

    ProxySession(String id, VirtualProxy proxy, SiteUser user, Instant now) {
        this.id = id;
        this.proxy = proxy;
        this.user = user;
        this.lastUsed = now;
    }

    String id() {
        return id;
    }

    VirtualProxy proxy() {
        return proxy;
    }

    SiteUser user() {
        return user;
    }

    boolean isOver(Instant now) {
        return !lastUsed.plus(proxy.inactivityTimeout()).isAfter(now);
    }

    void use(Instant now) {
        lastUsed = now;
    }
}
