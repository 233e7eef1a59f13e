package io.qlikbridge;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/** Makes the context that Spring Boot would make, with a {@link RememberingBeanFactory}. */
class BridgeContextFactory implements ApplicationContextFactory, Ordered {

    /** Before Spring Boot's own. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ConfigurableApplicationContext create(@Nullable WebApplicationType type) {
        if (type != WebApplicationType.SERVLET) {
            return null;
        }
        RememberingBeanFactory beans = new RememberingBeanFactory();
        return AotDetector.useGeneratedArtifacts()
                ? new ServletWebServerApplicationContext(beans)
                : new AnnotationConfigServletWebServerApplicationContext(beans);
    }
}
