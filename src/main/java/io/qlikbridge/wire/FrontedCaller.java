package io.qlikbridge.wire;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From where a connection came to the front, which hands it on.
 *
 * @param remote the caller's address
 * @param local the address that the caller reached
 * @param tls what was agreed on; {@code null} without TLS
 * @param known what the front knows of the first request on it; {@code null} for nothing
 */
public record FrontedCaller(
        InetSocketAddress remote,
        InetSocketAddress local,
        @Nullable Tls tls,
        @Nullable Known known) {

    /** What is known of a request before it is served, for the thread that serves it. */
    public interface Known {

        void begin();

        void end();
    }

    /**
     * A TLS session.
     *
     * @param protocol such as {@code TLSv1.3}
     * @param sessionId in hexadecimal digits
     * @param keyBits how long the key of the cipher is
     * @param certificates of the caller, its own first; none if it showed none
     */
    public record Tls(
            String protocol, String cipherSuite, String sessionId, int keyBits, List<X509Certificate> certificates) {

        public Tls {
            certificates = List.copyOf(certificates);
        }
    }
}
