package io.qlikbridge.crypto;

import java.util.Map;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the provider at start, and tells admins which it is. */
@Configuration(proxyBeanMethods = false)
class CryptoConfiguration {

    @Bean
    SigningProvider signingProvider(CryptoProperties properties) {
        return ProviderChoice.of(properties.provider(), CorrettoJar::load);
    }

    @Bean
    InfoContributor signingProviderInfo(SigningProvider provider) {
        return info -> info.withDetail("signing", Map.of("provider", provider.name(), "version", provider.version()));
    }
}
