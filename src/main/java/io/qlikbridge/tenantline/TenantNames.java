package io.qlikbridge.tenantline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.qlikbridge.transport.NameLookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The addresses of tenants' names, looked up by threads that may wait. */
@Component
class TenantNames {

    private static final Logger log = LoggerFactory.getLogger(TenantNames.class);
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int MOST = 1_000;

    private final NameLookup lookup;
    private final Cache<String, InetAddress> known =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    TenantNames(NameLookup lookup) {
        this.lookup = lookup;
    }

    /** The first address of a name, if it is known; {@code null} otherwise, while it is looked up. Does not wait. */
    @Nullable
    InetAddress of(String host) {
        InetAddress address = known.getIfPresent(host);
        if (address == null && asked.add(host)) {
            Thread.ofVirtual().name("tenant-name").start(() -> lookUp(host));
        }
        return address;
    }

    /** Nothing answered there: who tries all addresses of a name finds another. */
    void forget(String host) {
        known.invalidate(host);
    }

    private void lookUp(String host) {
        try {
            known.put(host, lookup.resolve(host)[0]);
        } catch (UnknownHostException unknown) {
            log.debug("A tenant's name has no address now", unknown);
        } finally {
            asked.remove(host);
        }
    }
}
