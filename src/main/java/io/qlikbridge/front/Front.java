package io.qlikbridge.front;

import io.qlikbridge.directread.DirectRead;
import io.qlikbridge.eventloop.Transport;
import io.qlikbridge.forwarded.KnownOrigins;
import io.qlikbridge.observation.RequestMeters;
import io.qlikbridge.tenantline.TenantConnections;
import io.qlikbridge.trace.Spans;
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
    private final TenantProperties calls;
    private final TenantConnections connections;
    private final KnownOrigins origins;
    private final FrontMeters counts;
    private final Clock clock;

    Front(
            List<DirectRead> reads,
            TenantHttp tenants,
            RequestPermits places,
            RequestMeters meters,
            AddressLimits addresses,
            Spans spans,
            TenantProperties calls,
            TenantConnections connections,
            KnownOrigins origins,
            FrontMeters counts,
            Clock clock) {
        this.reads = reads;
        this.tenants = tenants;
        this.places = places;
        this.meters = meters;
        this.addresses = addresses;
        this.spans = spans;
        this.calls = calls;
        this.connections = connections;
        this.origins = origins;
        this.counts = counts;
        this.clock = clock;
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

    TenantProperties calls() {
        return calls;
    }

    TenantConnections connections() {
        return connections;
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

        /** The path of an address, without its query and what all of them begin with. */
        String path(String target) {
            int query = target.indexOf('?');
            String path = query < 0 ? target : target.substring(0, query);
            return path.startsWith(contextPath) ? path.substring(contextPath.length()) : path;
        }
    }
}
