package io.qlikbridge.certificate;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks at the certificates every hour, on one replica. */
@Configuration(proxyBeanMethods = false)
class CertificateTask {

    @Bean
    RecurringTask<Void> signingCertificates(CertificateWatch watch) {
        return Tasks.recurring("signing-certificates", FixedDelay.ofHours(1))
                .execute((instance, context) -> watch.look());
    }
}
