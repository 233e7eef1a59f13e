package io.qlikbridge.consoleusers;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.Section;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The users' place in the navigation. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class UserSection {

    @Bean
    Section usersSection() {
        return new Section("users", UserListPage.PATH, 300);
    }
}
