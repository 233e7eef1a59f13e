package io.qlikbridge.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the addresses of a name one after the other, until one answers, and shares the time among those still to be
 * tried: so many dead ones cost no more than one, and a dead one leaves time for the next.
 */
class AddressByAddress extends DefaultHttpClientConnectionOperator {

    private final NameLookup names;

    AddressByAddress(NameLookup names, TlsSocketStrategy tls) {
        super(
                PacedSocket::through,
                null,
                names,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register(URIScheme.HTTPS.id, tls)
                        .build());
        this.names = names;
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable Path unixDomainSocket,
            @Nullable InetSocketAddress localAddress,
            Timeout ignored,
            SocketConfig socket,
            @Nullable Object attachment,
            HttpContext context)
            throws IOException {
        RunningCall call = RunningCall.in(context);
        InetAddress[] addresses = names.resolve(host.getHostName());
        for (int next = 0; ; next++) {
            HttpHost one = new HttpHost(host.getSchemeName(), addresses[next], host.getHostName(), host.getPort());
            Duration share = call.leftToConnect().dividedBy(addresses.length - next);
            try {
                super.connect(
                        connection,
                        one,
                        name,
                        unixDomainSocket,
                        localAddress,
                        Timeout.ofMilliseconds(Math.max(1, share.toMillis())),
                        socket,
                        attachment,
                        context);
                return;
            } catch (IOException failure) {
                if (next == addresses.length - 1 || !call.leftToConnect().isPositive()) {
                    throw failure;
                }
            }
        }
    }
}
