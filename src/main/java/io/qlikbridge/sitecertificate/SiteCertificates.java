package io.qlikbridge.sitecertificate;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeAwareCache;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.keyfile.RsaKey;
import io.qlikbridge.sitefile.ClientIdentity;
import io.qlikbridge.sitefile.SiteIdentity;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.Vault;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The certificates of client-managed sites, one set for each connection. */
@Component
public class SiteCertificates {

    private static final int MOST_CACHED = 1_000;

    private final SiteCertificateStore store;
    private final Vault vault;
    private final Clock clock;

    /** Keeps that a connection has none, too. */
    private final ChangeAwareCache<ConnectionId, Optional<SiteCertificateSet>> cache;

    SiteCertificates(SiteCertificateStore store, Vault vault, ChangeFeed changes, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.clock = clock;
        this.cache = changes.cache(Change.OfConnection.class, MOST_CACHED, change -> new ConnectionId(change.id()));
    }

    /** Those of a connection, perhaps from the cache: as they are, or were a moment ago. Empty when it has none. */
    public Optional<SiteCertificateSet> of(ConnectionId connection) {
        return cache.get(connection, id -> Optional.of(store.find(id).map(kept -> new SiteCertificateSet(kept, vault))))
                .orElseGet(Optional::empty);
    }

    /** What an admin is shown of them, as they are; empty when there are none. */
    public Optional<SiteCertificatesView> view(ConnectionId connection) {
        return store.find(connection).map(KeptCertificates::view);
    }

    /** What an admin is told of those that come near their end. */
    public List<String> warnings(ConnectionId connection) {
        Instant now = clock.instant();
        return of(connection).stream()
                .flatMap(set -> set.terms().stream())
                .flatMap(term -> term.warning(now).stream())
                .toList();
    }

    /** Keeps these in the place of the connection's present ones; {@code connection-not-found} when it was deleted. */
    public SiteCertificatesView put(ConnectionId connection, SiteIdentity identity) {
        UUID id = Generators.timeBasedEpochGenerator().generate();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ClientIdentity client = identity.client();
        return store.put(new KeptCertificates(
                        id,
                        connection,
                        identity.root(),
                        client == null ? List.of() : client.chain(),
                        sealed(client, id, connection),
                        now,
                        now))
                .view();
    }

    /** Whether there were any. */
    public boolean delete(ConnectionId connection) {
        return store.delete(connection).isPresent();
    }

    private @Nullable Sealed sealed(@Nullable ClientIdentity client, UUID id, ConnectionId connection) {
        if (client == null) {
            return null;
        }
        Place place = KeptCertificates.place(id, connection, CertificateText.thumbprint(client.certificate()));
        return sealed(client.key(), place);
    }

    private Sealed sealed(RsaKey key, Place place) {
        byte[] pkcs8 = key.privateKey().getEncoded();
        try {
            return vault.seal(pkcs8, place);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }
}
