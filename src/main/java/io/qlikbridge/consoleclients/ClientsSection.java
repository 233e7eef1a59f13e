package io.qlikbridge.consoleclients;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.Section;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The place of these pages in the navigation. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class ClientsSection {

    static final String PATH = "/console/clients";

    private static final int ORDER = 500;

    @Bean
    Section clientPages() {
        return new Section("clients", PATH, ORDER);
    }
}
