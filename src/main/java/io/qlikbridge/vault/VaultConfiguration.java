package io.qlikbridge.vault;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the vault at start. */
@Configuration(proxyBeanMethods = false)
class VaultConfiguration {

    @Bean
    KeyRing vaultKeys(VaultProperties properties) {
        return VaultKeyReader.read(properties);
    }

    /** There is a vault only once its keys have proved to be those of the database. */
    @Bean
    @DependsOnDatabaseInitialization
    Vault vault(KeyRing keys, VaultCanaryStore canaries) {
        return new Vault(keys, canaries.check(keys));
    }
}
