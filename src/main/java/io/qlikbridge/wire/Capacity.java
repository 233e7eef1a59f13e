package io.qlikbridge.wire;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * For how much at once the heap has room. The bridge at rest takes some 55 MB of it; of what is above {@value #AT_REST_MB} MB, three
 * eighths are for connections, at {@value #CONNECTION_KB} KB each, which covers all that a stranger's request can have the bridge keep;
 * a quarter is for requests of those who signed in, at {@value #REQUEST_KB} KB each; an eighth is for connections that wait to be
 * served, at {@value #PENDING_KB} KB each; the rest is for what is remembered, and to spare.
 *
 * @param connections served at the same time
 * @param pending connections that may wait to be served
 * @param requests of callers who signed in, served at the same time; at most a quarter of the connections
 */
public record Capacity(int connections, int pending, int requests) {

    private static final int AT_REST_MB = 64;
    private static final int CONNECTION_KB = 128;
    private static final int TLS_KB = 128;
    private static final int REQUEST_KB = 512;
    private static final int PENDING_KB = 1;

    private static final int LEAST_CONNECTIONS = 96;
    private static final int MOST_CONNECTIONS = 8192;
    private static final int LEAST_REQUESTS = 16;
    private static final int LEAST_PENDING = 256;
    private static final int MOST_PENDING = 8192;

    /** Half of the files that may be open are for connections, a quarter for those that wait; the rest is for the database and tenants. */
    private static final int FILES_OF_A_CONNECTION = 2;

    private static final int FILES_OF_A_PENDING_ONE = 4;

    /**
     * Of this Java.
     *
     * @param mostRequests as configured, if it is
     * @param tls whether connections come by TLS, which has buffers of its own
     */
    public static Capacity here(@Nullable Integer mostRequests, boolean tls) {
        return of(Runtime.getRuntime().maxMemory(), files(), mostRequests, tls);
    }

    static Capacity of(long heap, long files, @Nullable Integer mostRequests, boolean tls) {
        long spare = Math.max(0, heap / 1024 - AT_REST_MB * 1024L);
        long byHeap = spare * 3 / 8 / (tls ? CONNECTION_KB + TLS_KB : CONNECTION_KB);
        int connections =
                Math.clamp(Math.min(byHeap, files / FILES_OF_A_CONNECTION), LEAST_CONNECTIONS, MOST_CONNECTIONS);
        int most = connections / 4;
        return new Capacity(
                connections,
                Math.clamp(
                        Math.min(spare / 8 / PENDING_KB, files / FILES_OF_A_PENDING_ONE), LEAST_PENDING, MOST_PENDING),
                mostRequests == null
                        ? Math.clamp(spare / 4 / REQUEST_KB, LEAST_REQUESTS, most)
                        : Math.min(mostRequests, most));
    }

    int places(RequestPermits.Share share) {
        return switch (share) {
            case PROBES -> 4;
            case STRANGERS -> connections / 12;
            case SIGNED_IN -> requests;
        };
    }

    /** So many may wait for one that the connections of all who have a place or wait are less than there may be. */
    int waiting(RequestPermits.Share share) {
        return share == RequestPermits.Share.PROBES ? connections / 16 : connections / 4;
    }

    private static long files() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
