package io.qlikbridge.lease;

import io.qlikbridge.vault.SealedTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the vault where the tokens of leases are, so that they follow its keys. */
@Configuration(proxyBeanMethods = false)
class SealedLeases {

    @Bean
    SealedTable sealedLeasesTable() {
        return new SealedTable("lease", "id", "lease/");
    }
}
