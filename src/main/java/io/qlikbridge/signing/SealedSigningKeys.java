package io.qlikbridge.signing;

import io.qlikbridge.vault.SealedTable;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the vault where the private keys are, so that they follow its keys. */
@Configuration(proxyBeanMethods = false)
class SealedSigningKeys {

    /** A private key is one connection's, by this id, and belongs to this public key. */
    static final SealedTable TABLE =
            new SealedTable("signing_key", "id", "signing_key/", List.of("connection_id", "kid", "thumbprint"));

    @Bean
    SealedTable sealedSigningKeysTable() {
        return TABLE;
    }
}
