package io.qlikbridge.issuing;

import io.qlikbridge.background.Backoff;
import io.qlikbridge.lease.LeaseProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * When a key in use is due for renewal: at a share of its lifetime, earlier by up to a sixteenth of that at random, so that
 * keys that were issued together are not renewed together.
 */
@Component
public class RenewalTime {

    private static final double SPREAD = 1.0 / 16;

    private final LeaseProperties properties;
    private final RandomGenerator random;

    @Autowired
    public RenewalTime(LeaseProperties properties) {
        this(properties, Backoff.UNSEEDED);
    }

    public RenewalTime(LeaseProperties properties, RandomGenerator random) {
        this.properties = properties;
        this.random = random;
    }

    public Instant of(Instant issuedAt, Instant expiresAt) {
        double lifetime = Duration.between(issuedAt, expiresAt).toMillis();
        double share = properties.renewAt() * (1 - SPREAD * random.nextDouble());
        return issuedAt.plusMillis((long) (lifetime * share));
    }
}
