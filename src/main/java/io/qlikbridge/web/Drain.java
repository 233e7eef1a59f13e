package io.qlikbridge.web;

import java.time.Duration;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The first seconds of a stop, {@code bridge.web.drain}: readiness says no, so proxies send nothing more, while all that still
 * comes is served, and each connection is closed with its next answer. Without it Tomcat would close connections on which a
 * caller is just sending a request.
 */
@Component
class Drain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final ApplicationContext context;
    private final Duration length;
    private volatile boolean running;

    Drain(ApplicationContext context, WebProperties properties) {
        this.context = context;
        this.length = properties.drain();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable done) {
        running = false;
        if (length.isZero()) {
            done.run();
            return;
        }
        log.info("Stopping: connections are closed with their next answers for {}", length);
        closeWithNextAnswers();
        Thread.ofVirtual().name("drain").start(() -> {
            try {
                Thread.sleep(length);
            } catch (InterruptedException atOnce) {
                Thread.currentThread().interrupt();
            } finally {
                done.run();
            }
        });
    }

    @Override
    public void stop() {
        running = false;
    }

    /** {@code Connection: close} (RFC 9112, section 9.6), which an answer of the application could lose on its way. */
    private void closeWithNextAnswers() {
        if (context instanceof WebServerApplicationContext serving
                && serving.getWebServer() instanceof TomcatWebServer server) {
            if (server instanceof Drainable fronted) {
                fronted.drain();
            }
            ProtocolHandler protocol = server.getTomcat().getConnector().getProtocolHandler();
            if (protocol instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxKeepAliveRequests(1);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server begins to stop. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
    }
}
