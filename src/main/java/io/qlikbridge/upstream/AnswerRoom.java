package io.qlikbridge.upstream;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Bounds how much of tenants' answers is held while they are read: an eighth of the heap for all of them together, and half
 * of that for one tenant, so that none takes it all.
 */
@Component
class AnswerRoom {

    private static final int SHARE_OF_THE_HEAP = 8;

    /** Less than this of an answer is not counted, which is nearly all of nearly every one. */
    private static final int STEP = 16 * 1024;

    private final long mostOfAll;
    private final long mostOfOne;
    private final AtomicLong all = new AtomicLong();
    private final ConcurrentHashMap<URI, Long> tenants = new ConcurrentHashMap<>();

    AnswerRoom() {
        this(Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP);
    }

    /** @param mostOfAll in bytes */
    AnswerRoom(long mostOfAll) {
        this.mostOfAll = mostOfAll;
        this.mostOfOne = mostOfAll / 2;
    }

    Share share(TenantCall call) {
        return new Share(call);
    }

    /** How much is held, in bytes. */
    long held() {
        return all.get();
    }

    /** What one answer takes of the room, until it is closed. For one thread. */
    final class Share implements AutoCloseable {

        private final TenantCall call;
        private long taken;
        private int uncounted;

        private Share(TenantCall call) {
            this.call = call;
        }

        /** @throws io.qlikbridge.tenant.TenantException {@code too-busy}, when there is no room for so many bytes more */
        void add(int bytes) {
            uncounted += bytes;
            if (uncounted < STEP) {
                return;
            }
            long more = uncounted;
            uncounted = 0;
            taken += more;
            long ofAll = all.addAndGet(more);
            long ofOne = tenants.merge(call.connection().host(), more, Long::sum);
            if (ofAll > mostOfAll || ofOne > mostOfOne) {
                throw TransportFailures.full(call);
            }
        }

        @Override
        public void close() {
            if (taken > 0) {
                all.addAndGet(-taken);
                long former = taken;
                tenants.computeIfPresent(call.connection().host(), (host, now) -> now == former ? null : now - former);
                taken = 0;
            }
        }
    }
}
