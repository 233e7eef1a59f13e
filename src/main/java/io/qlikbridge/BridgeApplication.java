package io.qlikbridge;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The Qlik Identity Bridge: per-user Qlik credentials, issued once, sealed, and used for one user only. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BridgeApplication {

    @Bean
    Clock clock(DatabaseTime time) {
        return time.clock();
    }

    /** The work that is due is due by the database's time, too. */
    @Bean
    com.github.kagkarlsson.scheduler.Clock dbSchedulerClock(DatabaseTime time) {
        return time.clock()::instant;
    }

    /** Starts the bridge. A start that cannot succeed ends with exit status 1 and one message. */
    public static void main(String[] arguments) {
        SpringApplication.run(BridgeApplication.class, arguments);
    }
}
