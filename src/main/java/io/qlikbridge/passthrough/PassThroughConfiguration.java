package io.qlikbridge.passthrough;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the pass-through is served. */
@Configuration(proxyBeanMethods = false)
class PassThroughConfiguration {

    @Bean
    PassedAnswer.MostUnpacked mostUnpacked() {
        return PassedAnswer.MostUnpacked.DEFAULT;
    }

    @Bean
    ServletRegistrationBean<PassThroughServlet> passThrough(PassThroughServlet servlet) {
        ServletRegistrationBean<PassThroughServlet> registration =
                new ServletRegistrationBean<>(servlet, PassedPath.PREFIX + "/*");
        registration.setName("pass-through");
        return registration;
    }
}
