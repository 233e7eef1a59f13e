package io.qlikbridge.consolecredentials;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.Section;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The place of these pages in the navigation. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class CredentialsSection {

    static final String PATH = "/console/credentials";

    private static final int ORDER = 400;

    @Bean
    Section credentials() {
        return new Section("credentials", PATH, ORDER);
    }
}
