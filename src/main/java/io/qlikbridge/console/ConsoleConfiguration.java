package io.qlikbridge.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The texts of all pages, and what a page loads. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class ConsoleConfiguration implements WebMvcConfigurer {

    private static final String MESSAGES = "console-messages/";
    private static final String SUFFIX = ".properties";
    private static final String ASSETS = "/console/assets/";
    private static final Duration KEPT = Duration.ofDays(7);

    private final RefusedForms refused;

    ConsoleConfiguration(RefusedForms refused) {
        this.refused = refused;
    }

    /** Each module that has pages brings a file of its own. */
    @Bean
    static MessageSource messageSource() throws IOException {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        Resource[] files =
                new PathMatchingResourcePatternResolver().getResources("classpath*:" + MESSAGES + "*" + SUFFIX);
        messages.setBasenames(Arrays.stream(files)
                .map(Resource::getFilename)
                .distinct()
                .map(name -> MESSAGES + String.valueOf(name).replace(SUFFIX, ""))
                .toArray(String[]::new));
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(ASSETS + "*")
                .addResourceLocations("classpath:/console-assets/", htmx())
                .setCacheControl(CacheControl.maxAge(KEPT).cachePublic());
    }

    /** The folder of its one version that is there. */
    private static String htmx() {
        String file = "htmx.min.js";
        try {
            Resource[] found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:/META-INF/resources/webjars/htmx.org/*/dist/" + file);
            String address = found[0].getURL().toString();
            return address.substring(0, address.length() - file.length());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(refused).addPathPatterns("/console/**");
    }
}
