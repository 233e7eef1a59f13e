package io.qlikbridge.upstream;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.proxy.BadCertificate;
import io.qlikbridge.proxy.UntrustedChain;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.transport.ThroughProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.time.Duration;
import java.util.Optional;
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
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.util.DeadlineTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;

/** Puts into words why a tenant gave no answer. */
final class TransportFailures {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(1);

    private TransportFailures() {}

    static TenantException after(TenantCall call, IOException silence) {
        ThroughProxy through = silence instanceof ThroughProxy proxied ? proxied : null;
        Throwable cause = through == null ? silence : through.failure();
        if (cause instanceof ClientProtocolException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectionRequestTimeoutException || has(cause, DeadlineTimeoutException.class)) {
            return busy(call, cause);
        }
        if (cause instanceof MessageConstraintException) {
            return UpstreamErrors.unreadable(call, "its headers are longer than any of Qlik's, or more");
        }
        if (cause instanceof TruncatedChunkException
                || cause instanceof MalformedChunkCodingException
                || cause instanceof ProtocolException
                || cause instanceof HttpException
                || cause instanceof ZipException
                || (cause instanceof ConnectionClosedException && !(cause instanceof NoHttpResponseException))) {
            return UpstreamErrors.unreadable(call, "it is not HTTP, or ended too early");
        }
        return unreachable(call, through == null ? reason(call, cause) : reason(call, through), cause);
    }

    /** It was not asked: as many calls to the tenant as may be are under way. */
    static TenantException busy(TenantCall call, @Nullable Throwable cause) {
        return new TenantException(
                ProblemCode.TOO_BUSY,
                "As many calls to " + call.connection().host()
                        + " as may be are under way. Ask again shortly, or raise bridge.tenant.max-concurrency.",
                null,
                BUSY_RETRY_AFTER,
                false,
                cause);
    }

    /** It was not asked: as many requests wait for it as may, and it answers fewer than come. */
    static TenantException crowded(TenantCall call) {
        return new TenantException(
                ProblemCode.TOO_BUSY,
                "As many requests wait for " + call.connection().host()
                        + " as may, so that others are served. It answers slowly or not at all: ask again shortly.",
                null,
                BUSY_RETRY_AFTER,
                false,
                null);
    }

    /** It was not asked: the calls before got no answer, and it is asked again after so long. */
    static TenantException known(TenantCall call, Duration left) {
        return new TenantException(
                ProblemCode.TENANT_UNREACHABLE,
                call.connection().host() + " was not asked at the step " + call.step()
                        + ": it answered none of the last calls in time. It is asked every few seconds until it does; ask again in "
                        + (left.toSeconds() + 1) + " seconds.",
                new UpstreamAnswer(call.step(), null, null, null, null),
                left,
                false,
                null);
    }

    /** Whether a call that took so long got nothing because nobody answered, as against being refused or cut off. */
    static boolean isSilence(IOException failure, Duration took, Duration connectTimeout) {
        return has(failure, SocketTimeoutException.class)
                || has(failure, DeadlineTimeoutException.class)
                || took.compareTo(connectTimeout) >= 0;
    }

    /** It was asked, and its answer takes more memory than is left for answers. */
    static TenantException full(TenantCall call) {
        return new TenantException(
                ProblemCode.TOO_BUSY,
                "The answers of " + call.connection().host()
                        + " that are being read take as much memory as answers may have. Ask again shortly, or give the bridge more heap.",
                null,
                BUSY_RETRY_AFTER,
                call.changes(),
                null);
    }

    static TenantException withoutTrust(TenantCall call, NoSuchSslBundleException gone) {
        return unreachable(
                call,
                "TLS failure: the SSL bundle \"" + call.connection().sslBundle()
                        + "\" is not configured; set spring.ssl.bundle or change sslBundle of the connection",
                gone);
    }

    /** @param reason what was found and, behind a semicolon, what to change */
    private static TenantException unreachable(TenantCall call, String reason, Throwable cause) {
        int end = reason.indexOf("; ");
        String found = end < 0 ? reason : reason.substring(0, end);
        String remedy = end < 0 ? "ask again later" : reason.substring(end + 2);
        return new TenantException(
                ProblemCode.TENANT_UNREACHABLE,
                Refusal.CALL,
                "No answer from " + call.connection().host() + " at the step " + call.step() + ": " + found + ".",
                Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) + ".",
                new UpstreamAnswer(call.step(), null, null, null, null),
                RETRY_AFTER,
                call.changes() && !neverArrived(cause),
                cause);
    }

    private static String reason(TenantCall call, ThroughProxy through) {
        String proxy = "the proxy " + through.proxy();
        Throwable cause = through.failure();
        if (cause instanceof ThroughProxy.Refused refused) {
            return proxy + " answered " + refused.status() + " to CONNECT; " + refusedBy(refused.status());
        }
        if (cause instanceof UnknownHostException) {
            return "the name of " + proxy + " does not resolve; check the configured proxy and the bridge's DNS";
        }
        if (cause instanceof ConnectTimeoutException) {
            return "connecting by " + proxy
                    + " timed out; check the network to the proxy, and whether it reaches the tenant";
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return proxy + " refused the connection; check the configured proxy and its port";
        }
        if (cause instanceof SSLException && !(cause instanceof SSLPeerUnverifiedException)) {
            return reason(call, cause) + ". The call goes by " + proxy
                    + ": if that opens TLS, its authority belongs into the SSL bundle, or the host among those it leaves alone";
        }
        return reason(call, cause) + ". The call goes by " + proxy;
    }

    private static String refusedBy(int status) {
        return switch (status) {
            case 407 ->
                "it wants a user name and password, or others: set bridge.proxy.username and bridge.proxy.password, or"
                        + " put them into the address in the environment";
            case 403, 405 -> "allow the host and port of the connection in the proxy's rules";
            case 502, 503, 504 ->
                "it does not reach the tenant: check the host of the connection, and the proxy's own DNS and"
                        + " way out";
            default -> "check that the configured proxy is an HTTP proxy that carries CONNECT";
        };
    }

    private static boolean neverArrived(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof ThroughProxy.Refused
                || cause instanceof ConnectTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException
                || cause instanceof SSLPeerUnverifiedException
                || cause instanceof NoSuchSslBundleException;
    }

    private static String reason(TenantCall call, Throwable cause) {
        return call.dialect().reason(call, cause).orElseGet(() -> usualReason(call, cause));
    }

    private static String usualReason(TenantCall call, Throwable cause) {
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
        Optional<String> bad = BadCertificate.found(failure);
        if (bad.isPresent()) {
            return "the certificate of the host " + bad.get();
        }
        if (has(failure, CertPathBuilderException.class) || has(failure, CertPathValidatorException.class)) {
            UntrustedChain chain = UntrustedChain.in(failure);
            return "the certificate of the host "
                    + (chain == null ? "is not signed by an authority the bridge trusts" : chain.found())
                    + "; for a private one, name an SSL bundle in sslBundle of the connection";
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
