package io.qlikbridge.certificate;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connectionadmin.ConnectionSigningKeys;
import io.qlikbridge.connectionadmin.SigningKeysInUse;
import io.qlikbridge.signing.CertificateTerm;
import io.qlikbridge.signing.KeyState;
import io.qlikbridge.signing.SigningKey;
import io.qlikbridge.signing.SigningKeyStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells admins of connections which key signs, and which certificate comes near its end. */
@Component
class CertificateNotices implements ConnectionSigningKeys {

    private final SigningKeyStore store;
    private final Clock clock;

    CertificateNotices(SigningKeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Map<ConnectionId, SigningKeysInUse> inUse(Collection<ConnectionId> connections) {
        return store.inUse(connections).stream()
                .collect(groupingBy(SigningKey::connection, collectingAndThen(toList(), this::told)));
    }

    private SigningKeysInUse told(List<SigningKey> keys) {
        Instant now = clock.instant();
        List<String> warnings = keys.stream()
                .map(key -> CertificateTerm.of(key).warning(now))
                .flatMap(Optional::stream)
                .toList();
        return new SigningKeysInUse(
                keys.stream()
                        .filter(key -> key.state() == KeyState.ACTIVE)
                        .findFirst()
                        .map(SigningKey::view)
                        .orElse(null),
                warnings);
    }
}
