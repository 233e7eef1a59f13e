package io.qlikbridge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The Qlik Identity Bridge: per-user Qlik credentials, issued once, sealed, and used for one user only. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BridgeApplication {

    /** Starts the bridge. A start that cannot succeed ends with exit status 1 and one message. */
    public static void main(String[] arguments) {
        SpringApplication.run(BridgeApplication.class, arguments);
    }
}
