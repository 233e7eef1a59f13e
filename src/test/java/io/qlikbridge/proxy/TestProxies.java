package io.qlikbridge.proxy;

import java.util.Map;

/** Proxies for tests of what goes through them. */
public final class TestProxies {

    private TestProxies() {}

    /** This proxy for every call. */
    public static ForwardProxies at(String url, String username, String password) {
        return new ForwardProxies(new ProxyProperties(url, username, password, ""), Map.of());
    }
}
