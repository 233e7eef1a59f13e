package io.qlikbridge.transport;

import java.io.IOException;
import org.apache.hc.core5.http.HttpHost;

/** A call got no answer, and went through a forward proxy, which may be why. */
public final class ThroughProxy extends IOException {

    private final String proxy;
    private final transient IOException failure;

    ThroughProxy(HttpHost proxy, IOException cause) {
        super(cause);
        this.failure = cause;
        this.proxy =
                "http://" + (proxy.getHostName().contains(":") ? "[" + proxy.getHostName() + "]" : proxy.getHostName())
                        + ":" + proxy.getPort();
    }

    /** The address of the proxy. */
    public String proxy() {
        return proxy;
    }

    /** What went wrong. */
    public IOException failure() {
        return failure;
    }

    /** A forward proxy answered a CONNECT with something else than a way through. */
    public static final class Refused extends IOException {

        private final int status;

        Refused(int status) {
            super("CONNECT was answered by " + status);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
