package io.qlikbridge.wire;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/** The place that a request has, which it changes for another once it is known who asks. Used by the thread that serves it. */
public final class HeldPermit {

    private static final String KEY = HeldPermit.class.getName();

    private final RequestPermits permits;
    private RequestPermits.@Nullable Share share;

    private HeldPermit(RequestPermits permits, RequestPermits.Share share) {
        this.permits = permits;
        this.share = share;
    }

    /** Waits for a place, some seconds at most; {@code null} when there is none. It has to be given back. */
    public static @Nullable HeldPermit take(
            RequestPermits permits, RequestPermits.Share share, ServletRequest request) {
        if (!permits.enter(share)) {
            return null;
        }
        HeldPermit held = new HeldPermit(permits, share);
        request.setAttribute(KEY, held);
        return held;
    }

    /**
     * Changes the place of a request, if it has one, for one of those who signed in. It waits for that holding none.
     *
     * @return whether it has got it
     */
    public static boolean signedIn(ServletRequest request) {
        Wire wire = Wire.current();
        if (wire != null) {
            wire.signedIn();
        }
        return !(request.getAttribute(KEY) instanceof HeldPermit held)
                || held.changeFor(RequestPermits.Share.SIGNED_IN);
    }

    private boolean changeFor(RequestPermits.Share other) {
        giveBack();
        if (!permits.enter(other)) {
            return false;
        }
        share = other;
        return true;
    }

    public void giveBack() {
        RequestPermits.Share had = share;
        if (had != null) {
            share = null;
            permits.leave(had);
        }
    }
}
