package io.qlikbridge.signing;

import io.qlikbridge.vault.SealedTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the vault where the private keys are, so that they follow its keys. */
@Configuration(proxyBeanMethods = false)
class SealedSigningKeys {

    @Bean
    SealedTable sealedSigningKeysTable() {
        return new SealedTable("signing_key", "id", "signing_key/");
    }
}
