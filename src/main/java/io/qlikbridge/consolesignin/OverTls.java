package io.qlikbridge.consolesignin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Locale;

/** Whether a secret may be typed into a page: it goes over TLS, or stays on this machine. */
public final class OverTls {

    static final String WHY_NOT =
            "The console wants HTTPS, since secrets are typed into it. Open it by https://, or let the proxy that"
                    + " ends TLS tell of it with X-Forwarded-Proto: https. Without either, it is served to this machine alone, at"
                    + " http://127.0.0.1.";

    private OverTls() {}

    public static boolean isFit(HttpServletRequest request) {
        return request.isSecure() || isLoopback(request.getServerName());
    }

    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost") || host.toLowerCase(Locale.ROOT).endsWith(".localhost")) {
            return true;
        }
        try {
            String literal = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            return InetAddress.ofLiteral(literal).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
