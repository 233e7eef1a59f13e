package io.qlikbridge.consoleimport;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.qlikbridge.console.ConditionalOnConsole;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets uploaded files go when their hour is over, on one replica at a time; also where the console was switched off meanwhile. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class UploadCleaning {

    @Bean
    RecurringTask<Void> uploadCleaningTask(UploadedFileStore store) {
        return Tasks.recurring("console-import-cleaning", FixedDelay.ofMinutes(5))
                .execute((instance, context) -> store.expire());
    }
}
