package io.qlikbridge.vault;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the vault at start. */
@Configuration(proxyBeanMethods = false)
class VaultConfiguration {

    /** There is a vault only once its keys have proved to be those of the database. */
    @Bean
    @DependsOnDatabaseInitialization
    Vault vault(VaultProperties properties, VaultCanaryStore canaries) {
        KeyRing keys = VaultKeyReader.read(properties);
        canaries.check(keys);
        return new Vault(keys);
    }
}
