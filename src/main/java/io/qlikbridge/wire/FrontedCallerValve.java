package io.qlikbridge.wire;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import org.apache.catalina.Globals;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.net.SSLSupport;
import org.jspecify.annotations.Nullable;

/** Shows a request that the front has handed on as if its caller had come to Tomcat itself. Before all other valves. */
public final class FrontedCallerValve extends ValveBase {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public FrontedCallerValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Wire wire = Wire.current();
        FrontedCaller caller = wire == null ? null : wire.caller();
        if (caller != null) {
            show(request.getCoyoteRequest(), caller);
            request.setSecure(caller.tls() != null);
        }
        FrontedCaller.Known known = wire == null ? null : wire.takeKnown();
        if (known == null) {
            getNext().invoke(request, response);
            return;
        }
        known.begin();
        try {
            getNext().invoke(request, response);
        } finally {
            known.end();
        }
    }

    private static void show(org.apache.coyote.Request request, FrontedCaller caller) {
        FrontedCaller.Tls tls = caller.tls();
        request.scheme().setString(tls == null ? "http" : "https");
        if (tls != null) {
            if (request.getServerPort() == HTTP_PORT && !namesPort(request.getHeader("Host"))) {
                // Tomcat took the usual one for a connection without TLS
                request.setServerPort(HTTPS_PORT);
            }
            request.setAttribute(SSLSupport.CIPHER_SUITE_KEY, tls.cipherSuite());
            request.setAttribute(SSLSupport.KEY_SIZE_KEY, tls.keyBits());
            request.setAttribute(SSLSupport.SESSION_ID_KEY, tls.sessionId());
            request.setAttribute(SSLSupport.SECURE_PROTOCOL_KEY, tls.protocol());
            if (!tls.certificates().isEmpty()) {
                request.setAttribute(
                        Globals.CERTIFICATES_ATTR, tls.certificates().toArray(X509Certificate[]::new));
            }
        }
    }

    private static boolean namesPort(@Nullable String host) {
        return host != null && host.indexOf(':', host.lastIndexOf(']') + 1) >= 0;
    }
}
