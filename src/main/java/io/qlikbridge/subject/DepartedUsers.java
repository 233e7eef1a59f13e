package io.qlikbridge.subject;

import io.qlikbridge.username.Username;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who was deleted by an admin: neither the person nor the name comes back by signing in. Everything is done within the caller's
 * transaction.
 */
@Component
class DepartedUsers {

    private final JdbcClient jdbc;
    private final Clock clock;

    DepartedUsers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(Username username, @Nullable Identity identity) {
        jdbc.sql("insert into departed_user (spelling_hash, identity_hash, at) values (:spelling, :identity, :now)")
                .param("spelling", hash(username))
                .param("identity", identity == null ? null : hash(identity))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean has(Username username, Identity identity) {
        return jdbc.sql("""
                        select exists (select from departed_user
                            where spelling_hash = :spelling or identity_hash = :identity)
                        """)
                .param("spelling", hash(username))
                .param("identity", hash(identity))
                .query(Boolean.class)
                .single();
    }

    /** An admin has given the name to somebody. */
    void readmit(Username username) {
        jdbc.sql("delete from departed_user where spelling_hash = :spelling")
                .param("spelling", hash(username))
                .update();
    }

    private static String hash(Username username) {
        return sha256(QlikSpelling.of(username.value()));
    }

    private static String hash(Identity identity) {
        // no issuer's address has a blank
        return sha256(identity.issuer() + " " + identity.subject());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
