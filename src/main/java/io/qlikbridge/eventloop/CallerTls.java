package io.qlikbridge.eventloop;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.qlikbridge.wire.FrontedCaller;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.web.server.Ssl;

/** TLS with callers, as {@code server.ssl} has it: its bundle, those for single names, and whether callers show a certificate. */
public final class CallerTls {

    private static final String ANY_NAME = "";
    private static final Executor HANDSHAKES = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tls-handshake").factory());

    private final ClientAuth clientAuth;
    private final Duration handshake;
    private final Map<String, SslContext> contexts = new ConcurrentHashMap<>();

    /**
     * @param names bundles for callers who ask for a name (SNI, RFC 6066, section 3)
     * @param handshake how long one may take
     */
    public CallerTls(Ssl ssl, SslBundle bundle, Map<String, SslBundle> names, Duration handshake) {
        this.clientAuth = clientAuth(ssl.getClientAuth());
        this.handshake = handshake;
        use(null, bundle);
        names.forEach(this::use);
    }

    private static ClientAuth clientAuth(Ssl.@Nullable ClientAuth wanted) {
        if (wanted == null) {
            return ClientAuth.NONE;
        }
        return switch (wanted) {
            case NONE -> ClientAuth.NONE;
            case WANT -> ClientAuth.OPTIONAL;
            case NEED -> ClientAuth.REQUIRE;
        };
    }

    /**
     * Has connections from now on use a bundle as it is now.
     *
     * @param name that callers ask for; {@code null} for all others
     */
    public void use(@Nullable String name, SslBundle bundle) {
        SSLContext context = bundle.createSslContext();
        String[] ciphers = bundle.getOptions().getCiphers();
        contexts.put(
                name == null ? ANY_NAME : name,
                new JdkSslContext(
                        context,
                        false,
                        // in the order of the JDK, as Tomcat has them, and not in Netty's own
                        List.of(
                                ciphers == null
                                        ? context.getDefaultSSLParameters().getCipherSuites()
                                        : ciphers),
                        IdentityCipherSuiteFilter.INSTANCE,
                        ApplicationProtocolConfig.DISABLED,
                        clientAuth,
                        bundle.getOptions().getEnabledProtocols(),
                        false));
    }

    /** Of one connection. */
    public ChannelHandler handler(ByteBufAllocator buffers) {
        if (contexts.size() == 1) {
            SslHandler handler = context(ANY_NAME).newHandler(buffers, HANDSHAKES);
            handler.setHandshakeTimeoutMillis(handshake.toMillis());
            return handler;
        }
        return new SniHandler((name, promise) -> promise.setSuccess(context(name == null ? ANY_NAME : name)));
    }

    private SslContext context(String name) {
        SslContext named = contexts.get(name);
        return named == null ? Objects.requireNonNull(contexts.get(ANY_NAME)) : named;
    }

    /** What was agreed on, for the application. */
    public static FrontedCaller.Tls described(SSLSession session) {
        List<X509Certificate> shown;
        try {
            Certificate[] chain = session.getPeerCertificates();
            shown = Arrays.stream(chain)
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            shown = List.of();
        }
        String suite = session.getCipherSuite();
        return new FrontedCaller.Tls(
                session.getProtocol(), suite, HexFormat.of().formatHex(session.getId()), keyBits(suite), shown);
    }

    private static int keyBits(String suite) {
        if (suite.contains("_256_") || suite.contains("CHACHA20")) {
            return 256;
        }
        return suite.contains("_128_") ? 128 : 0;
    }
}
