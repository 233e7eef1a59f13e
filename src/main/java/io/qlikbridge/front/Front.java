package io.qlikbridge.front;

import io.netty.channel.Channel;
import io.qlikbridge.directread.DirectRead;
import io.qlikbridge.eventloop.Transport;
import io.qlikbridge.forwarded.KnownOrigins;
import io.qlikbridge.observation.RequestMeters;
import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.trace.Spans;
import io.qlikbridge.transport.HttpClientPool;
import io.qlikbridge.transport.TenantProperties;
import io.qlikbridge.upstream.TenantHttp;
import io.qlikbridge.web.AddressLimits;
import io.qlikbridge.wire.FrontedCallers;
import io.qlikbridge.wire.RequestPermits;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** What all connections of the front go by. */
@Component
final class Front {

    private final List<DirectRead> reads;
    private final TenantHttp tenants;
    private final RequestPermits places;
    private final RequestMeters meters;
    private final AddressLimits addresses;
    private final Spans spans;
    private final HttpClientPool trust;
    private final TenantProperties calls;
    private final TenantNames names;
    private final ForwardProxies proxies;
    private final KnownOrigins origins;
    private final FrontMeters counts;
    private final Clock clock;
    private final FrontProperties properties;

    Front(
            List<DirectRead> reads,
            TenantHttp tenants,
            RequestPermits places,
            RequestMeters meters,
            AddressLimits addresses,
            Spans spans,
            HttpClientPool trust,
            TenantProperties calls,
            TenantNames names,
            ForwardProxies proxies,
            KnownOrigins origins,
            FrontMeters counts,
            Clock clock,
            FrontProperties properties) {
        this.reads = reads;
        this.tenants = tenants;
        this.places = places;
        this.meters = meters;
        this.addresses = addresses;
        this.spans = spans;
        this.trust = trust;
        this.calls = calls;
        this.names = names;
        this.proxies = proxies;
        this.origins = origins;
        this.counts = counts;
        this.clock = clock;
        this.properties = properties;
    }

    List<DirectRead> reads() {
        return reads;
    }

    TenantHttp tenants() {
        return tenants;
    }

    RequestPermits places() {
        return places;
    }

    RequestMeters meters() {
        return meters;
    }

    AddressLimits addresses() {
        return addresses;
    }

    /** Whether requests have spans, which the application makes. */
    boolean isTraced() {
        return spans.areReceived();
    }

    HttpClientPool trust() {
        return trust;
    }

    TenantProperties calls() {
        return calls;
    }

    TenantNames names() {
        return names;
    }

    FrontProperties properties() {
        return properties;
    }

    Clock clock() {
        return clock;
    }

    FrontMeters counts() {
        return counts;
    }

    KnownOrigins origins() {
        return origins;
    }

    ForwardProxies proxies() {
        return proxies;
    }

    /**
     * How a server of the front is reached and reaches others.
     *
     * @param application where Tomcat listens
     * @param callers whose connections are opened there
     * @param contextPath of all its addresses; empty for none
     * @param secure whether callers come by TLS
     * @param origins whether pages of other origins may call
     * @param servesReads whether reads are served here, and not handed on as everything else is
     */
    record Setting(
            Transport transport,
            SocketAddress application,
            FrontedCallers callers,
            FrontLimits limits,
            String contextPath,
            boolean secure,
            boolean origins,
            boolean servesReads) {

        Class<? extends Channel> tenantChannel() {
            return transport.tenant();
        }
    }
}
