package io.qlikbridge.web;

import io.qlikbridge.wire.Capacity;
import io.qlikbridge.wire.RequestPermits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How much is served at once. */
@Configuration(proxyBeanMethods = false)
class ServingConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ServingConfiguration.class);

    @Bean
    Capacity capacity(WebProperties web, ObjectProvider<ServerProperties> server) {
        ServerProperties properties = server.getIfAvailable();
        Ssl ssl = properties == null ? null : properties.getSsl();
        Capacity capacity = Capacity.here(web.maxRequests(), ssl != null && ssl.isEnabled());
        log.info(
                "The heap has room for {} connections, and for {} requests at once of callers who signed in",
                capacity.connections(),
                capacity.requests());
        return capacity;
    }

    @Bean
    RequestPermits places(Capacity capacity) {
        return new RequestPermits(capacity);
    }
}
