package io.qlikbridge;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Tells whether this machine's clock agrees with the database's to a minute. */
@Component
class ClockHealthIndicator extends AbstractHealthIndicator {

    private final DatabaseTime time;

    ClockHealthIndicator(DatabaseTime time) {
        super("The clocks cannot be compared");
        this.time = time;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (time.isOwnClockRight()) {
            builder.up();
        } else {
            builder.outOfService();
        }
    }
}
