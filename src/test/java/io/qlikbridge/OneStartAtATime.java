package io.qlikbridge;

import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Lets bridges of this JVM, which start side by side, set up its log one after the other: two at once would have every line
 * written twice. Spring Boot finds it in {@code META-INF/spring.factories}.
 */
class OneStartAtATime implements SpringApplicationRunListener, Ordered {

    private static final ReentrantLock LOG = new ReentrantLock();

    @Override
    public void starting(ConfigurableBootstrapContext bootstrapContext) {
        LOG.lock();
    }

    @Override
    public void contextPrepared(ConfigurableApplicationContext context) {
        release();
    }

    @Override
    public void failed(ConfigurableApplicationContext context, Throwable exception) {
        release();
    }

    private static void release() {
        if (LOG.isHeldByCurrentThread()) {
            LOG.unlock();
        }
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
