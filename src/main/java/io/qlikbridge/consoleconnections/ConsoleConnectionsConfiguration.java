package io.qlikbridge.consoleconnections;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.Section;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where connections stand in the navigation. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class ConsoleConnectionsConfiguration {

    @Bean
    Section connectionsSection() {
        return new Section("connections", ConnectionsController.PATH, 200);
    }
}
