package io.qlikbridge.web;

import io.qlikbridge.failure.ProblemReportValve;
import io.qlikbridge.observation.RequestMeterValve;
import io.qlikbridge.observation.RequestMeters;
import io.qlikbridge.wire.Capacity;
import io.qlikbridge.wire.RequestPermits;
import io.qlikbridge.wire.WireLimits;
import io.qlikbridge.wire.WireProtocol;
import io.qlikbridge.wire.WireValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * How Tomcat serves: with as many connections as the heap has room for, small buffers, and an end to all waiting for callers; and
 * with problem answers of ours also where a request never reaches the application, such as with a malformed URL.
 */
@Component
class TomcatSettings implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String WRITE_BUFFER = String.valueOf(16 * 1024);
    private static final String READ_BUFFER = String.valueOf(2 * 1024);
    private static final String TRAILERS = String.valueOf(1024);
    private static final String KERNEL_BUFFER = String.valueOf(128 * 1024);

    private final JsonMapper json;
    private final WebProperties properties;
    private final RequestMeters meters;
    private final Capacity capacity;
    private final RequestPermits places;

    TomcatSettings(
            JsonMapper json, WebProperties properties, RequestMeters meters, Capacity capacity, RequestPermits places) {
        this.json = json;
        this.properties = properties;
        this.meters = meters;
        this.capacity = capacity;
        this.places = places;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        guard(factory, capacity.connections(), capacity.pending(), properties, places);
        factory.addConnectorCustomizers(connector -> {
            // Tomcat would answer TRACE with 405; the HTTP firewall refuses it as it does other methods that nothing
            // here has
            connector.setAllowTrace(true);
            // a page of apps goes out at once, and a request comes in with its headers in one or two reads
            connector.setProperty("socket.appWriteBufSize", WRITE_BUFFER);
            connector.setProperty("socket.appReadBufSize", READ_BUFFER);
            // what lies there counts as read by the caller; left alone, the system would take megabytes for who reads
            // nothing
            connector.setProperty("socket.txBufSize", KERNEL_BUFFER);
            // nobody sends headers behind a body
            connector.setProperty("maxTrailerSize", TRAILERS);
        });
        factory.addEngineValves(new WireValve(properties.bodyDeadline()), new RequestMeterValve(meters));
        // added last, so it reports before the valve that Boot adds, and each failure is reported once
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve(json)));
    }

    /** Has a server's connections bounded in number, unless {@code server.tomcat.max-connections} allows less, and in time. */
    static void guard(
            TomcatServletWebServerFactory factory,
            int connections,
            int pending,
            WebProperties web,
            @Nullable RequestPermits places) {
        factory.setProtocol(WireProtocol.class.getName());
        factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof WireProtocol protocol) {
                int most = Math.min(connections, protocol.getMaxConnections());
                protocol.limit(
                        new WireLimits(most, pending, web.headDeadline(), web.answerDeadline()),
                        places,
                        factory.getContextPath() + StrangersFilter.LIVENESS);
            }
        });
    }
}
