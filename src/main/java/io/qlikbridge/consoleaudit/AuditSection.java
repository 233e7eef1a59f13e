package io.qlikbridge.consoleaudit;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.Section;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The link of the navigation. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class AuditSection {

    private static final int ORDER = 600;

    @Bean
    Section auditSectionOfConsole() {
        return new Section("audit", AuditPageController.PATH, ORDER);
    }
}
