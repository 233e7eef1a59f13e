package io.qlikbridge.issuer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells why an issuer's keys cannot be had: each time as a metric, and in the log once for each cause, and when it is over. */
final class IssuerTrouble {

    /** What was in the way. */
    enum Cause {
        UNREACHABLE,
        REFUSED,
        UNREADABLE,
        ANOTHER_ISSUER
    }

    private static final Logger log = LoggerFactory.getLogger(IssuerTrouble.class);
    private static final String NONE = "";

    private final String issuer;
    private final MeterRegistry meters;
    private final AtomicReference<String> told = new AtomicReference<>(NONE);
    private final AtomicReference<String> oddity = new AtomicReference<>(NONE);

    IssuerTrouble(String issuer, MeterRegistry meters) {
        this.issuer = issuer;
        this.meters = meters;
        for (Cause cause : Cause.values()) {
            failures(cause);
        }
    }

    /** @param because a clause that says what was in the way, and what to change */
    void is(Cause cause, String because) {
        failures(cause).increment();
        if (!because.equals(told.getAndSet(because))) {
            log.warn("The keys of the trusted issuer {} cannot be read: {}", issuer, because);
        }
    }

    void isOver() {
        if (!told.getAndSet(NONE).equals(NONE)) {
            log.info("The keys of the trusted issuer {} can be read again", issuer);
        }
    }

    /** Something about its keys that should not be, and does not keep them from being used; empty for nothing. */
    void isOdd(String what) {
        if (!what.equals(oddity.getAndSet(what)) && !what.isEmpty()) {
            log.warn("Among the keys of the trusted issuer {} {}", issuer, what);
        }
    }

    private Counter failures(Cause cause) {
        return Counter.builder("bridge.issuer.failures")
                .description("How often the keys of a trusted issuer could not be read")
                .tag("issuer", issuer)
                .tag("cause", cause.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(meters);
    }
}
