package io.qlikbridge.qlikcloud;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.tenant.TenantException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.util.DeadlineTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;

/** Puts into words why a tenant gave no answer. */
final class Silence {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(1);

    private Silence() {}

    static TenantException after(CloudCall call, IOException silence) {
        Throwable cause = silence;
        if (cause instanceof ClientProtocolException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectionRequestTimeoutException || has(cause, DeadlineTimeoutException.class)) {
            return busy(call, cause);
        }
        if (cause instanceof TruncatedChunkException
                || cause instanceof MalformedChunkCodingException
                || cause instanceof ProtocolException
                || cause instanceof HttpException
                || cause instanceof ZipException
                || (cause instanceof ConnectionClosedException && !(cause instanceof NoHttpResponseException))) {
            return Refusals.unreadable(call, "it is not HTTP, or ended too early");
        }
        return unreachable(call, reason(call, cause), cause);
    }

    /** It was not asked: as many calls to the tenant as may be are under way. */
    static TenantException busy(CloudCall call, @Nullable Throwable cause) {
        return new TenantException(
                ProblemCode.TOO_BUSY,
                "As many calls to " + call.connection().host()
                        + " as may be are under way. Ask again shortly, or raise bridge.tenant.max-concurrency.",
                null,
                BUSY_RETRY_AFTER,
                false,
                cause);
    }

    static TenantException withoutTrust(CloudCall call, NoSuchSslBundleException gone) {
        return unreachable(
                call,
                "TLS failure: the SSL bundle \"" + call.connection().sslBundle()
                        + "\" is not configured; set spring.ssl.bundle or change sslBundle of the connection",
                gone);
    }

    private static TenantException unreachable(CloudCall call, String reason, Throwable cause) {
        return new TenantException(
                ProblemCode.TENANT_UNREACHABLE,
                "No answer from " + call.connection().host() + " at the step " + call.step() + ": " + reason + ".",
                new UpstreamAnswer(call.step(), null, null, null, null),
                RETRY_AFTER,
                call.changes() && !neverArrived(cause),
                cause);
    }

    private static boolean neverArrived(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof ConnectTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException
                || cause instanceof SSLPeerUnverifiedException
                || cause instanceof NoSuchSslBundleException;
    }

    private static String reason(CloudCall call, Throwable cause) {
        String host = call.connection().host().getHost();
        if (cause instanceof UnknownHostException) {
            return "the name " + host + " does not resolve; check the host of the connection and the bridge's DNS";
        }
        if (cause instanceof ConnectTimeoutException) {
            return "connecting timed out; check the network between the bridge and the tenant";
        }
        if (cause instanceof SocketTimeoutException) {
            return "the answer timed out; ask again later, or raise bridge.tenant.read-timeout";
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return "the connection was refused; check the host and port of the connection";
        }
        if (cause instanceof SSLPeerUnverifiedException mismatch) {
            // the message lists the names the certificate is for
            return "TLS failure: " + mismatch.getMessage() + "; use one of these names as the host of the connection";
        }
        if (cause instanceof SSLException) {
            return "TLS failure: " + tls(cause);
        }
        if (cause instanceof NoHttpResponseException) {
            return "the connection was closed without an HTTP answer; check the port of the connection";
        }
        return "the connection was reset";
    }

    private static String tls(Throwable failure) {
        if (has(failure, CertificateExpiredException.class)) {
            return "the certificate of the host has expired";
        }
        if (has(failure, CertPathBuilderException.class) || has(failure, CertPathValidatorException.class)) {
            return "the certificate of the host is not signed by an authority the bridge trusts; for a private one, name an SSL bundle in sslBundle of the connection";
        }
        return failure instanceof SSLHandshakeException
                ? "the handshake failed; the host may not speak TLS 1.2 or newer, or no TLS at all"
                : "the host does not speak TLS on this port, or broke the connection off";
    }

    private static boolean has(@Nullable Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
