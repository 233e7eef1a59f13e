package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

class LogLinesTests {

    private static final Logger LOG = LoggerFactory.getLogger(LogLinesTests.class);
    private static final int STARTS = 10;

    @Test
    void allWhenApplicationsStartAndStopMeanwhileMissesNothing(LogLines log) throws Exception {
        String word = Product.name("noted");
        CountDownLatch done = new CountDownLatch(1);
        Thread starts = Thread.ofPlatform().start(() -> {
            for (int start = 0; start < STARTS; start++) {
                new SpringApplicationBuilder(Nothing.class)
                        .web(WebApplicationType.NONE)
                        .run()
                        .close();
            }
            done.countDown();
        });

        int written = 0;
        while (done.getCount() > 0) {
            LOG.info("{} {} was logged", word, written++);
            Thread.sleep(0, 200_000);
        }
        starts.join();

        assertThat(log.own().lines().filter(line -> line.contains(word))).hasSize(written);
    }

    @Test
    void ownLeavesOutWhatOtherThreadsLog(LogLines log) throws Exception {
        Thread.ofVirtual().start(() -> LOG.info("said by another")).join();
        LOG.info("said by the test");

        assertThat(log.all()).contains("said by another", "said by the test");
        assertThat(log.own()).contains("said by the test").doesNotContain("said by another");
    }

    @Test
    void linesShowAllThatAnAppenderMightWrite(LogLines log) {
        try (MDC.MDCCloseable request = MDC.putCloseable("requestId", "nightly-42")) {
            LOG.warn(
                    "It {} happened", "has", new IllegalStateException("outer", new IllegalArgumentException("inner")));
        }

        assertThat(log.own())
                .startsWith("WARN {requestId=nightly-42} " + LogLinesTests.class.getName() + " : It has happened")
                .contains(
                        "IllegalStateException: outer",
                        "Caused by: java.lang.IllegalArgumentException: inner",
                        "\tat ");
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}
}
