package io.qlikbridge.sitecertificate;

import io.qlikbridge.vault.SealedTable;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the vault where the private keys are, so that they follow its keys. */
@Configuration(proxyBeanMethods = false)
class SealedSiteKeys {

    /** A private key is one connection's, by this id, and belongs to this certificate. */
    static final SealedTable TABLE = new SealedTable(
            "site_certificate", "id", "site_certificate/", List.of("connection_id", "client_thumbprint"));

    @Bean
    SealedTable sealedSiteKeysTable() {
        return TABLE;
    }
}
