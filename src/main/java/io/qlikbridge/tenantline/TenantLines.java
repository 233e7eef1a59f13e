package io.qlikbridge.tenantline;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.eventloop.Bytes;
import io.qlikbridge.eventloop.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Connections to tenants that are kept alive, of one event loop. Used by its thread alone. */
public final class TenantLines {

    private static final long KEPT = 30_000_000_000L;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** What a handshake works at does not keep the loop from other connections. */
    private static final Executor HANDSHAKES = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tenant-handshake").factory());

    private final EventLoop loop;
    private final Transport transport;
    private final TenantConnections connections;
    private final Map<Place, Deque<TenantLine>> idle = new HashMap<>();
    private final Bytes read = new Bytes();
    private boolean closed;

    TenantLines(EventLoop loop, Transport transport, TenantConnections connections) {
        this.loop = loop;
        this.transport = transport;
        this.connections = connections;
    }

    /** For what any of them has read. */
    Bytes read() {
        return read;
    }

    /** A connection to the tenant, kept alive or new; {@code null} where none can be had without waiting. */
    public @Nullable TenantLine take(Connection connection) {
        Place place = Place.of(connection);
        SSLContext trust = trust(place);
        Deque<TenantLine> kept = idle.get(place);
        while (kept != null && !kept.isEmpty()) {
            TenantLine line = kept.pop();
            if (line.isOpen() && line.trust() == trust) {
                return line;
            }
            line.close();
        }
        return open(place, trust);
    }

    /** The same, but never one that was used before. */
    public @Nullable TenantLine fresh(Connection connection) {
        Place place = Place.of(connection);
        return open(place, trust(place));
    }

    /** The line is free for another call. */
    public void giveBack(TenantLine line) {
        if (closed || !line.isOpen()) {
            line.close();
        } else {
            line.rest();
            idle.computeIfAbsent(line.place(), none -> new ArrayDeque<>()).push(line);
        }
    }

    /** Whom a tenant has to be; {@code null} while that is read, for which a loop does not wait. */
    private @Nullable SSLContext trust(Place place) {
        if (!place.isTls()) {
            return null;
        }
        SSLContext known = connections.trust().knownContext(place.bundle());
        if (known == null) {
            Thread.ofVirtual()
                    .name("tenant-trust")
                    .start(() -> connections.trust().context(place.bundle()));
        }
        return known;
    }

    private @Nullable TenantLine open(Place place, @Nullable SSLContext trust) {
        boolean unknown = place.isTls() && trust == null;
        if (closed || unknown || connections.proxies().of(place.host()).isPresent()) {
            return null;
        }
        String name = place.host().getHost();
        InetAddress address = connections.names().of(name);
        if (address == null) {
            return null;
        }
        TenantLine line = new TenantLine(this, place, trust);
        line.connecting(new Bootstrap()
                .group(loop)
                .channel(transport.tenant())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        connections.properties().connectTimeout().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (trust != null) {
                            channel.pipeline().addLast(tls(place, trust));
                        }
                        channel.pipeline().addLast(line);
                    }
                })
                .connect(new InetSocketAddress(address, place.port())));
        return line;
    }

    private SslHandler tls(Place place, SSLContext trust) {
        SSLEngine engine = trust.createSSLEngine(place.host().getHost(), place.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        SslHandler tls = new SslHandler(engine, HANDSHAKES);
        tls.setHandshakeTimeoutMillis(connections.properties().connectTimeout().toMillis());
        return tls;
    }

    /** Nothing answered there. */
    void unreachable(Place place) {
        connections.names().forget(place.host().getHost());
    }

    public void look(long now) {
        for (Iterator<Deque<TenantLine>> all = idle.values().iterator(); all.hasNext(); ) {
            Deque<TenantLine> kept = all.next();
            while (!kept.isEmpty()
                    && (!kept.peekLast().isOpen() || now - kept.peekLast().restsSince() > KEPT)) {
                kept.pollLast().close();
            }
            if (kept.isEmpty()) {
                all.remove();
            }
        }
    }

    public void close() {
        closed = true;
        idle.values().forEach(kept -> kept.forEach(TenantLine::close));
        idle.clear();
    }

    /**
     * Where connections lead, and whom they trust there.
     *
     * @param bundle the SSL bundle; {@code null} for the JDK's trust
     */
    record Place(URI host, @Nullable String bundle) {

        static Place of(Connection connection) {
            return new Place(connection.host(), connection.sslBundle());
        }

        boolean isTls() {
            return "https".equals(host.getScheme().toLowerCase(Locale.ROOT));
        }

        int port() {
            return host.getPort() != -1 ? host.getPort() : isTls() ? HTTPS_PORT : HTTP_PORT;
        }

        /** As the header {@code Host} has it. */
        String name() {
            return host.getPort() == -1 ? host.getHost() : host.getHost() + ":" + host.getPort();
        }
    }
}
