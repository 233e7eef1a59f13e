package io.qlikbridge.front;

import io.qlikbridge.web.WebProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the front before Tomcat. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FrontProperties.class)
class FrontConfiguration {

    /** In place of the one that Boot makes, and otherwise as that. */
    @Bean
    @ConditionalOnBooleanProperty(name = "bridge.front.enabled", matchIfMissing = true)
    TomcatServletWebServerFactory frontedTomcat(
            ObjectProvider<Front> front,
            WebProperties web,
            ServerProperties server,
            TomcatServerProperties tomcat,
            ObjectProvider<TomcatConnectorCustomizer> connectors,
            ObjectProvider<TomcatContextCustomizer> contexts,
            ObjectProvider<TomcatProtocolHandlerCustomizer<?>> protocols) {
        FrontedTomcatFactory factory = new FrontedTomcatFactory(new FrontedTomcatFactory.Behind(
                front,
                web,
                tomcat,
                (int) server.getMaxHttpRequestHeaderSize().toBytes(),
                server.getCompression().getEnabled()));
        connectors.orderedStream().forEach(factory::addConnectorCustomizers);
        contexts.orderedStream().forEach(factory::addContextCustomizers);
        protocols.orderedStream().forEach(factory::addProtocolHandlerCustomizers);
        return factory;
    }
}
