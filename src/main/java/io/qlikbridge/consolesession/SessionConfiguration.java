package io.qlikbridge.consolesession;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.ConsoleProperties;
import io.qlikbridge.vault.Vault;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps sessions in the database, and has them at the console's addresses alone. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
class SessionConfiguration {

    @Bean
    JdbcIndexedSessionRepository sessionRows(
            JdbcOperations jdbc, PlatformTransactionManager transactions, ConsoleProperties console) {
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(jdbc, own);
        sessions.setTableName("console_session");
        sessions.setDefaultMaxInactiveInterval(console.idleTimeout());
        sessions.setConversionService(SessionTexts.conversions());
        // one replica does it for all, below
        sessions.setCleanupCron(Scheduled.CRON_DISABLED);
        return sessions;
    }

    @Bean
    RecurringTask<Void> endedConsoleSessions(JdbcIndexedSessionRepository sessions) {
        return Tasks.recurring("console-sessions", FixedDelay.ofMinutes(1))
                .execute((instance, context) -> sessions.cleanUpExpiredSessions());
    }

    @Bean
    FilterRegistrationBean<SessionRepositoryFilter<?>> consoleSessionFilter(
            JdbcIndexedSessionRepository sessions, Vault vault) {
        SessionRepositoryFilter<?> filter = new SessionRepositoryFilter<>(sessions);
        filter.setHttpSessionIdResolver(new SealedSessionIds(vault));
        FilterRegistrationBean<SessionRepositoryFilter<?>> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/console/*");
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
        return registration;
    }
}
