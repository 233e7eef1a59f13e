package io.qlikbridge.changes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a replica keeps in memory of what is in the database.
 *
 * @param timeLimit how long a change made elsewhere may go unnoticed when notifications from the database are lost; 0 keeps nothing in
 *     memory
 * @param users of how many users identity and lease are kept, about 2,000 bytes each; as many as a third of the heap holds if not set, at
 *     most 200,000
 */
@ConfigurationProperties("bridge.cache")
record CacheProperties(
        @DefaultValue("PT1M") Duration timeLimit, @Nullable Integer users) {

    private static final long BYTES_OF_A_USER = 2_000;
    private static final int SHARE_OF_THE_HEAP = 3;
    private static final int MOST = 200_000;

    CacheProperties {
        if (timeLimit.isNegative() || (users != null && users < 0)) {
            throw new IllegalArgumentException("bridge.cache: time-limit and users are not negative");
        }
    }

    int effectiveUsers() {
        return users == null ? usersFor(Runtime.getRuntime().maxMemory()) : users;
    }

    static int usersFor(long heap) {
        return (int) Math.min(MOST, heap / SHARE_OF_THE_HEAP / BYTES_OF_A_USER);
    }
}
