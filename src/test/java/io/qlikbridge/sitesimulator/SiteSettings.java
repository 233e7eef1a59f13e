package io.qlikbridge.sitesimulator;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** What a test can change about a running site. */
final class SiteSettings {

    volatile int xsrfStatus = 403;
    volatile int badUserHeaderStatus = 400;
    volatile int unknownUserStatus = 401;
    volatile int foreignAppStatus = 404;
    volatile int sessionLimitStatus = 403;
    volatile int mostSessions = 5;
    volatile Duration sessionWindow = Duration.ofMinutes(5);
    volatile boolean afterNovember2024 = true;
    volatile boolean queriesIgnored;
    volatile boolean productInfo = true;
    volatile boolean recordCalls = true;
    volatile SignedOut signedOut = SignedOut.REDIRECT;
    volatile BadDay badDay = BadDay.NONE;
    volatile Duration clockSkew = Duration.ZERO;
    volatile Duration tolerance = Duration.ZERO;
    volatile String buildVersion = "31.43.0.0";
    final AtomicReference<Duration> slowFirstCall = new AtomicReference<>(Duration.ZERO);

    /** Of the one call that is the first. */
    Duration takeSlowFirstCall() {
        return slowFirstCall.getAndSet(Duration.ZERO);
    }
}
