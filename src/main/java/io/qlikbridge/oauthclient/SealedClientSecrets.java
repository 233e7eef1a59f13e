package io.qlikbridge.oauthclient;

import io.qlikbridge.vault.SealedTable;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the vault where the secrets are, so that they follow its keys. */
@Configuration(proxyBeanMethods = false)
class SealedClientSecrets {

    /** A secret is one connection's, by this id, for this client at this host. */
    static final SealedTable TABLE =
            new SealedTable("oauth_client", "id", "oauth_client/", List.of("connection_id", "host", "client_id"));

    @Bean
    SealedTable sealedClientSecretsTable() {
        return TABLE;
    }
}
