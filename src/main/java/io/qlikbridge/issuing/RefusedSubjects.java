package io.qlikbridge.issuing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.qlikbridge.connection.ConnectionChanged;
import io.qlikbridge.lease.LeaseKey;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.TenantException;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Remembers for a short while whom the tenant refused, so that a storm of requests for one broken user does not become a
 * storm at the tenant. A change of the user or of the connection is reason to ask again at once.
 */
@Component
class RefusedSubjects {

    private static final int MOST = 10_000;

    private final Cache<LeaseKey, BridgeException> refused;

    RefusedSubjects(LeaseProperties properties) {
        this.refused = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(properties.refusedFor())
                .build();
    }

    /** Throws what the tenant said, if it refused just now. */
    void check(LeaseKey holder) {
        BridgeException said = refused.getIfPresent(holder);
        if (said != null) {
            throw said;
        }
    }

    void remember(LeaseKey holder, BridgeException failure) {
        // everything else may be over the next moment
        if (failure instanceof TenantException said
                && (said.refusal() == Refusal.SUBJECT || said.refusal() == Refusal.TOO_MANY)) {
            refused.put(holder, failure);
        }
    }

    void forget(LeaseKey holder) {
        refused.invalidate(holder);
    }

    @EventListener
    void on(ConnectionChanged change) {
        refused.asMap().keySet().removeIf(holder -> holder.connection().equals(change.connection()));
    }
}
