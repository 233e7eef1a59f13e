package io.qlikbridge.sitecall;

import io.qlikbridge.proxy.UntrustedChain;
import io.qlikbridge.transport.Trust;
import io.qlikbridge.upstream.Dialect;
import io.qlikbridge.upstream.TenantCall;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/**
 * How a site is spoken to at one endpoint.
 *
 * @param site its trust at that endpoint
 * @param patience how long an answer may take; {@code null} for as long as any
 */
record SiteDialect(SiteTrust site, @Nullable Duration patience) implements Dialect {

    private static final String OTHER_SERVER =
            "Check that host and port of the connection are those of the Qlik Sense site, and that nothing answers in its place.";

    private static final RateLimit ALL = new RateLimit("all", true);

    @Override
    public String otherServerRemedy() {
        return OTHER_SERVER;
    }

    @Override
    public RateLimit limit(TenantCall call) {
        return ALL;
    }

    @Override
    public Optional<Trust> trust() {
        return Optional.of(site);
    }

    @Override
    public Optional<Duration> readTimeout() {
        return Optional.ofNullable(patience);
    }

    /** What a site's certificates look like that were made anew, and a client certificate that it does not take (contract, section A.2). */
    @Override
    public Optional<String> reason(TenantCall call, Throwable failure) {
        if (failure instanceof SSLPeerUnverifiedException mismatch) {
            return Optional.of("TLS failure: " + mismatch.getMessage()
                    + "; use one of these names as the host of the connection, or set hostNameCheck to false, which accepts any"
                    + " name in a certificate that leads to the uploaded root");
        }
        UntrustedChain untrusted = UntrustedChain.in(failure);
        if (untrusted != null) {
            return Optional.of(untrusted(call, untrusted));
        }
        return site.endpoint() == Endpoint.REPOSITORY && isRefusedByTheSite(failure)
                ? Optional.of(
                        "TLS failure: the site dropped the connection after the bridge had shown its client certificate,"
                                + " as a site does with a certificate of another site, or from before its certificates were made"
                                + " anew, or that is being restarted; " + upload(call))
                : Optional.empty();
    }

    private String untrusted(TenantCall call, UntrustedChain chain) {
        String found = "TLS failure: the certificate of the host " + chain.found();
        if (site.certificates() == null) {
            return found + "; upload the site's root.cer or root.pem with PUT " + address(call);
        }
        return found
                + ", and does not lead to the root that was uploaded: it is another site, or the site's certificates"
                + " were made anew; " + upload(call);
    }

    private static String upload(TenantCall call) {
        return "upload the site's present certificates (QMC, Certificates, export) with PUT " + address(call);
    }

    private static String address(TenantCall call) {
        return "/api/v1/connections/" + call.connection().id() + "/certificates";
    }

    /** With TLS 1.3 a server says so after the handshake, or not at all. */
    private static boolean isRefusedByTheSite(Throwable failure) {
        if (failure instanceof SSLException) {
            String message = failure.getMessage();
            return message != null && (message.contains("fatal alert") || message.contains("terminated"));
        }
        return failure instanceof NoHttpResponseException
                || failure instanceof ConnectionClosedException
                || failure instanceof SocketException
                        && !(failure instanceof ConnectException)
                        && !(failure instanceof NoRouteToHostException);
    }
}
