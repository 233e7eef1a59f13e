package io.qlikbridge.web;

import io.qlikbridge.failure.ProblemReportValve;
import io.qlikbridge.observation.RequestIdFilter;
import io.qlikbridge.wire.WireValve;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server of a management port of its own has a context of its own, which is told of this class by a file in
 * {@code META-INF/spring}; it must not be found by a scan. What Tomcat itself refuses there is a problem answer, too, instead
 * of a page with Tomcat's version; and each answer has its request's id.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementServerSettings {

    /** For probes, and for who collects metrics. */
    private static final int CONNECTIONS = 32;

    private static final int PENDING = 256;

    @Bean
    static RequestIdFilter managementRequestIds() {
        return new RequestIdFilter();
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementProblems(
            JsonMapper json, WebProperties web) {
        return factory -> {
            TomcatSettings.guard(factory, CONNECTIONS, PENDING, web, null);
            factory.addEngineValves(new WireValve(web.bodyDeadline()));
            factory.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new ProblemReportValve(json)));
        };
    }
}
