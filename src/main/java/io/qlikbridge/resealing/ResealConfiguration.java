package io.qlikbridge.resealing;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Re-seals each minute, on one replica at a time. */
@Configuration(proxyBeanMethods = false)
class ResealConfiguration {

    @Bean
    RecurringTask<Void> vaultReseal(Reseal reseal) {
        return Tasks.recurring("vault-reseal", FixedDelay.ofMinutes(1))
                .execute((instance, context) ->
                        reseal.round(() -> context.getSchedulerState().isShuttingDown()));
    }
}
