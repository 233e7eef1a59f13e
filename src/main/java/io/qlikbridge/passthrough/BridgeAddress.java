package io.qlikbridge.passthrough;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** Where the caller of a request reaches the bridge: as it named it itself, or as a trusted proxy says. */
final class BridgeAddress {

    /** A name, or an IP address; what else a URL could hold here would end up in documents. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");

    private BridgeAddress() {}

    static BridgeLinks of(HttpServletRequest request, Connection connection) {
        String scheme = request.getScheme();
        String host = request.getServerName();
        int port = request.getServerPort();
        return of(scheme, host, port, request.getContextPath(), connection);
    }

    /**
     * @param port also where it is the scheme's own
     * @param before what goes before the pass-through's own path
     */
    static BridgeLinks of(String scheme, String host, int port, String before, Connection connection) {
        if (!HOST.matcher(host).matches()) {
            throw new BridgeException(ProblemCode.INVALID_REQUEST, "The header Host names no host.");
        }
        String path = before + PassedPath.PREFIX + "/" + connection.id();
        String shownPort = port == (scheme.equals("http") ? 80 : 443) ? "" : ":" + port;
        return new BridgeLinks(connection.host(), scheme + "://" + host + shownPort + path, path);
    }
}
