package io.qlikbridge.upkeep;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.qlikbridge.background.BackgroundWorkers;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.issuing.IssueCoordinator;
import io.qlikbridge.issuing.RenewalQueue;
import io.qlikbridge.lease.LeaseProperties;
import io.qlikbridge.orphan.OrphanWatch;
import io.qlikbridge.upstream.RateLimits;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done for leases without anybody asking, by one replica at a time. */
@Configuration(proxyBeanMethods = false)
class LeaseTasks {

    private static final FixedDelay OFTEN = FixedDelay.of(Duration.ofSeconds(2));
    private static final FixedDelay NOW_AND_THEN = FixedDelay.of(Duration.ofSeconds(5));

    @Bean
    Renewal leaseRenewal(
            RenewalQueue queue,
            IssueCoordinator issuing,
            Connections connections,
            RateLimits pauses,
            BackgroundWorkers workers,
            LeaseProperties properties,
            Clock clock) {
        return new Renewal(queue, issuing::renew, connections, pauses, workers, properties, clock);
    }

    @Bean
    RecurringTask<Void> leaseRenewalTask(Renewal renewal) {
        return Tasks.recurring("lease-renewal", OFTEN).execute((instance, context) -> renewal.run());
    }

    @Bean
    RecurringTask<Void> leaseEndingsTask(LeaseReaper endings) {
        return Tasks.recurring("lease-endings", OFTEN).execute((instance, context) -> endings.run());
    }

    @Bean
    RecurringTask<Void> leaseOrphansTask(OrphanWatch watch, LeaseProperties properties) {
        return Tasks.recurring("lease-orphans", FixedDelay.of(properties.orphanSweep()))
                .execute((instance, context) -> watch.look());
    }

    @Bean
    RecurringTask<Void> leaseSweepTask(OrphanWatch watch) {
        return Tasks.recurring("lease-sweep", NOW_AND_THEN).execute((instance, context) -> watch.sweep());
    }
}
