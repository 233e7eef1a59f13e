package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Addresses outside the protected ones are open, so there may be no others than these. */
class OpenAddressesTests {

    private static final Set<String> OPEN = Set.of(
            // leads browsers to the console
            "/",
            "/.well-known/oauth-authorization-server",
            "/error",
            "/v3/api-docs",
            "/v3/api-docs.yaml",
            "/v3/api-docs/swagger-config",
            "/swagger-ui.html");

    private final Collection<RequestMappingHandlerMapping> mappings =
            Product.shared().beans(RequestMappingHandlerMapping.class);
    private final ServletContext servlets = Product.shared().bean(ServletContext.class);

    @Test
    void everyHandlerIsProtectedOrKnownToBeOpen() {
        Set<String> found = new TreeSet<>();
        for (RequestMappingHandlerMapping mapping : mappings) {
            for (RequestMappingInfo handler : mapping.getHandlerMethods().keySet()) {
                found.addAll(handler.getPatternValues());
            }
        }

        assertThat(found).contains("/api/v1/me", "/api/v1/clients").containsAll(OPEN);
        assertThat(found)
                .allMatch(path -> path.startsWith("/api/")
                        || path.equals("/actuator")
                        || path.startsWith("/actuator/")
                        // GuardedPagesTests
                        || path.equals("/console")
                        || path.startsWith("/console/")
                        || OPEN.contains(path));
    }

    /** A servlet of its own is not among the handlers, so it has to be known here. */
    @Test
    void everyServletIsKnown() {
        Set<String> found = new TreeSet<>();
        servlets.getServletRegistrations().values().forEach(servlet -> found.addAll(servlet.getMappings()));

        assertThat(found).containsExactlyInAnyOrder("/", "/qlik/*");
    }

    /** Their scope is asked for whatever the method, so nothing else may come to live there. */
    @Test
    void appsAndTokenTakeOneMethodEach() {
        for (RequestMappingHandlerMapping mapping : mappings) {
            for (RequestMappingInfo handler : mapping.getHandlerMethods().keySet()) {
                for (String path : handler.getPatternValues()) {
                    if (path.matches("/api/v1/connections/\\{\\w+}/apps")) {
                        assertThat(handler.getMethodsCondition().getMethods()).containsExactly(RequestMethod.GET);
                    }
                    if (path.matches("/api/v1/connections/\\{\\w+}/token")) {
                        assertThat(handler.getMethodsCondition().getMethods()).containsExactly(RequestMethod.POST);
                    }
                }
            }
        }
    }
}
