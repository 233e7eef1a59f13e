package io.qlikbridge.keyadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.signing.KeyId;
import io.qlikbridge.signing.KeyImport;
import io.qlikbridge.signing.SigningKey;
import io.qlikbridge.signing.SigningKeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The signing keys of connections, as admins manage them. */
@Component
public class ManagedSigningKeys {

    /** Bits of a key that is made without saying how many. */
    public static final int USUAL_BITS = 4096;

    private static final Logger log = LoggerFactory.getLogger(ManagedSigningKeys.class);
    private static final Set<Integer> SIZES = Set.of(2048, 3072, USUAL_BITS);

    private final Connections connections;
    private final KeyImport intake;
    private final SigningKeyStore store;
    private final ActivationWarnings doubts;

    ManagedSigningKeys(Connections connections, KeyImport intake, SigningKeyStore store, ActivationWarnings doubts) {
        this.connections = connections;
        this.intake = intake;
        this.store = store;
        this.doubts = doubts;
    }

    /**
     * Makes a key: active where the connection has none that is, else staged.
     *
     * @param bits 2048, 3072 or 4096
     * @param kid {@code null} or empty for the thumbprint of the public key (RFC 7638)
     */
    public SigningKeyView generate(ConnectionId connection, int bits, @Nullable String kid) {
        if (!SIZES.contains(bits)) {
            throw BridgeException.invalid("#/generate/bits", "is 2048, 3072 or 4096");
        }
        return intake.generate(connection, bits, KeyId.asked("#/kid", kid));
    }

    /**
     * Takes a key that was made elsewhere: active where the connection has none that is, else staged.
     *
     * @param upload the file as it is; overwritten
     * @param passphrase overwritten as well
     * @param kid {@code null} or empty for the thumbprint of the public key (RFC 7638)
     * @param shared whether another connection may have the same key; {@code conflict} otherwise
     * @throws io.qlikbridge.keyfile.UnreadableKey when it is no key of use
     */
    public SigningKeyView upload(
            ConnectionId connection,
            byte[] upload,
            char @Nullable [] passphrase,
            @Nullable String kid,
            boolean shared) {
        try {
            return intake.upload(connection, upload, passphrase, KeyId.asked("kid", kid), shared);
        } finally {
            Arrays.fill(upload, (byte) 0);
            if (passphrase != null) {
                Arrays.fill(passphrase, '\0');
            }
        }
    }

    /** A page of them, in the order of their ids. */
    public Page<SigningKeyView> page(ConnectionId connection, PageQuery query) {
        connections.of(connection);
        return query.page(store.after(connection, query.key(), query.size() + 1), SigningKey::kid)
                .map(SigningKey::view);
    }

    /** At most so many, in the order of their ids. */
    public List<SigningKeyView> first(ConnectionId connection, int most) {
        return store.after(connection, "", most).stream().map(SigningKey::view).toList();
    }

    /** The certificate to paste into the tenant's identity provider, PEM. */
    public String certificate(ConnectionId connection, String kid) {
        connections.of(connection);
        return store.of(connection, kid).certificate();
    }

    /** What speaks against activating a key, a sentence each; empty normally. */
    public List<String> doubts(ConnectionId connection, String kid) {
        return doubts.of(connections.of(connection), store.of(connection, kid));
    }

    /** Whether the tenant has accepted what the key signed, for the connection as it is now. */
    public boolean wasAccepted(Connection connection, String kid) {
        return doubts.wasAccepted(connection, store.of(connection.id(), kid));
    }

    /** Makes a key the one that signs; the one before becomes retired. */
    public ActivatedKey activate(ConnectionId connection, String kid) {
        List<String> warnings = doubts(connection, kid);
        SigningKey active = store.activate(connection, kid);
        log.info("Signing key {} of connection {} activated", active.kid(), connection);
        warnings.forEach(log::warn);
        return new ActivatedKey(active.view(), warnings);
    }

    /** Deletes a key; {@code conflict} for the active one. */
    public void delete(ConnectionId connection, String kid) {
        connections.of(connection);
        SigningKey deleted = store.delete(connection, kid);
        log.info("Signing key {} of connection {} deleted", deleted.kid(), connection);
    }
}
