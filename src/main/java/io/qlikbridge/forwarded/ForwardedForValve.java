package io.qlikbridge.forwarded;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;

/**
 * Shows Tomcat's own valve, which stands behind it, the addresses that {@code Forwarded} has, in the header that it reads. Whether
 * the proxy is trusted, and who of those named is the caller, that valve decides as ever.
 */
final class ForwardedForValve extends ValveBase {

    /** Holds what the address of the request hangs together with. */
    static final String KEY = ForwardedForValve.class.getName() + ".key";

    private final String header;
    private final KnownOrigins origins;
    private final List<String> instead;

    ForwardedForValve(RemoteIpValve trust, KnownOrigins origins) {
        super(true);
        this.origins = origins;
        header = trust.getRemoteIpHeader();
        instead = Stream.of(
                        header,
                        trust.getProtocolHeader(),
                        trust.getHostHeader(),
                        trust.getPortHeader(),
                        "X-Forwarded-For",
                        "X-Forwarded-Proto",
                        "X-Forwarded-Host",
                        "X-Forwarded-Port")
                .filter(name -> name != null && !name.isBlank())
                .toList();
        origins.learnFrom(instead);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Function<String, List<String>> headers = name -> Collections.list(request.getHeaders(name));
        if (origins.isToldBy(headers)) {
            request.setAttribute(KEY, origins.key(request.getPeerAddr(), request.isSecure(), headers));
        }
        if (instead.stream().allMatch(name -> request.getHeader(name) == null)) {
            ForwardedHeader forwarded = ForwardedHeader.of(Collections.list(request.getHeaders("Forwarded")));
            if (!forwarded.saysNothing()) {
                request.setAttribute(CallerAddressValve.FORWARDED, forwarded);
            }
            String callers = String.join(", ", forwarded.callers());
            if (!callers.isEmpty()) {
                request.getCoyoteRequest().getMimeHeaders().setValue(header).setString(callers);
            }
        }
        getNext().invoke(request, response);
    }
}
