package io.qlikbridge.oauth;

import io.qlikbridge.vault.SealedTable;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the vault where the keys for access tokens are, so that they follow its keys. */
@Configuration(proxyBeanMethods = false)
class SealedTokenKeys {

    static final SealedTable TABLE =
            new SealedTable("access_token_key", "kid", "access_token_key/", List.of("public_jwk"));

    @Bean
    SealedTable sealedTokenKeysTable() {
        return TABLE;
    }
}
