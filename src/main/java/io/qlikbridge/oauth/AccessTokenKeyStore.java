package io.qlikbridge.oauth;

import io.qlikbridge.vault.Sealed;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the key for access tokens. */
@Component
class AccessTokenKeyStore {

    private final JdbcClient jdbc;
    private final Clock clock;

    AccessTokenKeyStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    Optional<SealedTokenKey> find() {
        return active();
    }

    /** Adds the key unless another replica was faster, and answers the one that is there then. */
    @Transactional
    SealedTokenKey addIfNone(SealedTokenKey key) {
        jdbc.sql("""
                        insert into access_token_key (kid, state, public_jwk, sealed_with, nonce, ciphertext, seal_form,
                            created_at)
                        values (:kid, 'ACTIVE', :publicJwk, :sealedWith, :nonce, :ciphertext, :sealForm, :now)
                        on conflict (state) where state = 'ACTIVE' do nothing
                        """)
                .param("kid", key.kid())
                .param("publicJwk", key.publicJwk())
                .param("sealedWith", key.sealed().sealedWith())
                .param("nonce", key.sealed().nonce())
                .param("ciphertext", key.sealed().ciphertext())
                .param("sealForm", key.sealed().sealForm())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return active().orElseThrow();
    }

    private Optional<SealedTokenKey> active() {
        return jdbc.sql("""
                        select kid, public_jwk, sealed_with, nonce, ciphertext, seal_form
                        from access_token_key where state = 'ACTIVE'
                        """)
                .query((row, number) -> new SealedTokenKey(
                        row.getString("kid"),
                        row.getString("public_jwk"),
                        new Sealed(
                                row.getString("sealed_with"),
                                row.getBytes("nonce"),
                                row.getBytes("ciphertext"),
                                row.getInt("seal_form"))))
                .optional();
    }
}
