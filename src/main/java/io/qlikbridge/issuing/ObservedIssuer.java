package io.qlikbridge.issuing;

import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseMeters;
import io.qlikbridge.trace.Spans;
import org.springframework.stereotype.Component;

/** A {@link LeaseIssuer} each of whose attempts is a span and is measured. */
@Component
class ObservedIssuer {

    private final LeaseIssuer issuer;
    private final LeaseMeters meters;
    private final Spans spans;

    ObservedIssuer(LeaseIssuer issuer, LeaseMeters meters, Spans spans) {
        this.issuer = issuer;
        this.meters = meters;
        this.spans = spans;
    }

    Lease issue(Attempt attempt) {
        return spans.within(
                "lease.issue",
                attempt.connection().id().value(),
                () -> meters.issuing(attempt.connection().id(), attempt.renewal(), () -> issuer.issue(attempt)));
    }
}
