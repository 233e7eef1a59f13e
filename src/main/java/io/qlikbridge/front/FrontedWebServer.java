package io.qlikbridge.front;

import io.qlikbridge.web.Drainable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.catalina.startup.Tomcat;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.GracefulShutdownCallback;
import org.springframework.boot.web.server.Shutdown;

/** Tomcat behind the front: one server to whoever starts and stops it. */
final class FrontedWebServer extends TomcatWebServer implements Drainable {

    /** For the last bytes to callers, once the application has answered all requests. */
    private static final Duration LAST_BYTES = Duration.ofSeconds(5);

    private final FrontServer front;
    private final Path directory;
    private final InetSocketAddress address;
    private final int backlog;
    private volatile int port = -1;

    FrontedWebServer(
            Tomcat tomcat,
            Shutdown shutdown,
            FrontServer front,
            Path directory,
            InetSocketAddress address,
            int backlog) {
        super(tomcat, true, shutdown);
        this.front = front;
        this.directory = directory;
        this.address = address;
        this.backlog = backlog;
    }

    @Override
    public void start() {
        super.start();
        if (port < 0) {
            port = front.start(address, backlog);
        }
    }

    @Override
    public void drain() {
        front.drain();
    }

    @Override
    public void shutDownGracefully(GracefulShutdownCallback callback) {
        front.pause();
        super.shutDownGracefully(result -> {
            front.awaitEnd(LAST_BYTES);
            callback.shutdownComplete(result);
        });
    }

    @Override
    public void stop() {
        front.stop();
        super.stop();
    }

    @Override
    public void destroy() {
        front.stop();
        super.destroy();
        try {
            Files.deleteIfExists(directory.resolve(FrontedTomcatFactory.SOCKET));
            Files.deleteIfExists(directory);
        } catch (IOException kept) {
            throw new UncheckedIOException(kept);
        }
    }

    @Override
    public int getPort() {
        return port;
    }
}
