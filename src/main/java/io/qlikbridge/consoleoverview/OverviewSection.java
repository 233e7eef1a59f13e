package io.qlikbridge.consoleoverview;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.Section;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The link of the navigation. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class OverviewSection {

    private static final int ORDER = 100;

    @Bean
    Section overviewSectionOfConsole() {
        return new Section("overview", OverviewController.PATH, ORDER);
    }
}
