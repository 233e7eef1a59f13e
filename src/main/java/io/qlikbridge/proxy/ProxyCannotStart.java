package io.qlikbridge.proxy;

import io.qlikbridge.problem.CannotStart;

/** The configured proxy is none, so the bridge does not start rather than go past it. */
class ProxyCannotStart extends CannotStart {

    ProxyCannotStart(String description, String action) {
        super(description, action);
    }
}
