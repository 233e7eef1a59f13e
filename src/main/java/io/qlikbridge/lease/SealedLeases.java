package io.qlikbridge.lease;

import io.qlikbridge.vault.SealedTable;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the vault where the tokens of leases are, so that they follow its keys. */
@Configuration(proxyBeanMethods = false)
class SealedLeases {

    /** A token is for one user, being one subject with these groups, at one host. */
    static final SealedTable TABLE = new SealedTable(
            "lease", "id", "lease/", List.of("connection_id", "host", "for_user", "subject", "asserted"));

    @Bean
    SealedTable sealedLeasesTable() {
        return TABLE;
    }
}
