package io.qlikbridge.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * How Tomcat serves: with places for requests and small buffers, and problem answers of ours also where a request never
 * reaches the application, such as with a malformed URL.
 */
@Component
class TomcatSettings implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String WRITE_BUFFER = String.valueOf(16 * 1024);
    private static final String READ_BUFFER = String.valueOf(2 * 1024);

    private final JsonMapper json;
    private final WebProperties properties;
    private final RequestMeters meters;

    TomcatSettings(JsonMapper json, WebProperties properties, RequestMeters meters) {
        this.json = json;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addProtocolHandlerCustomizers(
                protocol -> protocol.setExecutor(new RequestThreads(properties.effectiveMaxRequests())));
        factory.addConnectorCustomizers(connector -> {
            // Tomcat would answer TRACE with 405; the HTTP firewall refuses it as it does other methods that nothing
            // here has
            connector.setAllowTrace(true);
            // a page of apps goes out at once, and a request comes in with its headers in one or two reads
            connector.setProperty("socket.appWriteBufSize", WRITE_BUFFER);
            connector.setProperty("socket.appReadBufSize", READ_BUFFER);
        });
        factory.addEngineValves(new RequestMeterValve(meters));
        // added last, so it reports before the valve that Boot adds, and each failure is reported once
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve(json)));
    }
}
