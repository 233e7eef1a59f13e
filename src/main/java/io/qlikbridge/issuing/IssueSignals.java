package io.qlikbridge.issuing;

import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.ChangeType;
import io.qlikbridge.lease.LeaseKey;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Wakes those who wait for another replica when it has come to an end. News may be lost; whoever waits looks again by itself
 * now and then.
 */
@Component
class IssueSignals {

    private final ConcurrentHashMap<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    IssueSignals(ChangeFeed news) {
        news.on(ChangeType.LEASE, this::wake);
    }

    /** Waits for news of a holder's leases, at most {@code longest}. */
    void await(LeaseKey holder, Duration longest) throws InterruptedException {
        CountDownLatch latch = waiting.computeIfAbsent(holder.channel(), ignored -> new CountDownLatch(1));
        if (!latch.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            waiting.remove(holder.channel(), latch);
        }
    }

    private void wake(String lease) {
        int transaction = lease.indexOf('/', lease.indexOf('/') + 1);
        CountDownLatch latch = waiting.remove(transaction < 0 ? lease : lease.substring(0, transaction));
        if (latch != null) {
            latch.countDown();
        }
    }
}
