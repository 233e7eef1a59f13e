package io.qlikbridge.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Has Tomcat answer requests that never reach the application, such as a malformed URL, the way the bridge does. */
@Component
class TomcatProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final JsonMapper json;

    TomcatProblems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        // Tomcat would answer TRACE with 405; the HTTP firewall refuses it as it does other methods that nothing here
        // has
        factory.addConnectorCustomizers(connector -> connector.setAllowTrace(true));
        // added last, so it reports before the valve that Boot adds, and each failure is reported once
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve(json)));
    }
}
