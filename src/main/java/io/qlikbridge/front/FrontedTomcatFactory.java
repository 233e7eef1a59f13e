package io.qlikbridge.front;

import com.sun.management.UnixOperatingSystemMXBean;
import io.qlikbridge.eventloop.CallerTls;
import io.qlikbridge.eventloop.Transport;
import io.qlikbridge.web.WebProperties;
import io.qlikbridge.wire.FrontedCallerValve;
import io.qlikbridge.wire.FrontedCallers;
import io.qlikbridge.wire.WireProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Valve;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/**
 * Makes Tomcat listen on a Unix domain socket, in a directory that is the bridge's user's alone, and the front on the port and with the
 * TLS that Tomcat would have. No port of the machine leads past the front.
 */
class FrontedTomcatFactory extends TomcatServletWebServerFactory {

    static final String SOCKET = "application";

    /** With less, what the front holds would leave too little for everything else. */
    private static final long LEAST_HEAP = 120L * 1024 * 1024;

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration USUAL_KEEP_ALIVE = Duration.ofSeconds(60);

    private final @Nullable Behind behind;
    private @Nullable Place place;

    /**
     * What a server behind the front is made by.
     *
     * @param longestHead in bytes
     * @param compresses whether Tomcat compresses answers, which the front does not
     */
    record Behind(
            ObjectProvider<Front> front,
            WebProperties web,
            TomcatServerProperties tomcat,
            int longestHead,
            boolean compresses) {}

    /** @param address of the front */
    private record Place(
            InetSocketAddress address,
            Path directory,
            FrontedCallers callers,
            @Nullable CallerTls tls) {}

    /** Makes servers that callers reach themselves: that of a management port of its own, for which Boot takes the same class. */
    FrontedTomcatFactory() {
        this.behind = null;
    }

    FrontedTomcatFactory(Behind behind) {
        this.behind = behind;
    }

    @Override
    public WebServer getWebServer(ServletContextInitializer... initializers) {
        if (behind != null && getPort() >= 0 && Runtime.getRuntime().maxMemory() >= LEAST_HEAP) {
            place = goBehind(behind);
        }
        return super.getWebServer(initializers);
    }

    private Place goBehind(Behind setting) {
        InetAddress bound = getAddress();
        Ssl ssl = getSsl();
        CallerTls tls =
                ssl != null && Ssl.isEnabled(ssl) ? tls(ssl, setting.web().headDeadline()) : null;
        setSsl(null);
        FrontedCallers callers = new FrontedCallers();
        Path directory = directory();
        addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof WireProtocol protocol) {
                protocol.front(directory.resolve(SOCKET), callers);
            }
        });
        List<Valve> valves = new ArrayList<>();
        valves.add(new FrontedCallerValve());
        valves.addAll(getEngineValves());
        setEngineValves(valves);
        return new Place(
                bound == null ? new InetSocketAddress(getPort()) : new InetSocketAddress(bound, getPort()),
                directory,
                callers,
                tls);
    }

    private CallerTls tls(Ssl ssl, Duration handshake) {
        CallerTls tls = new CallerTls(ssl, getSslBundle(), getServerNameSslBundles(), handshake);
        SslBundles bundles = getSslBundles();
        if (bundles != null) {
            if (ssl.getBundle() != null) {
                bundles.addBundleUpdateHandler(ssl.getBundle(), bundle -> tls.use(null, bundle));
            }
            ssl.getServerNameBundles()
                    .forEach(named -> bundles.addBundleUpdateHandler(
                            named.bundle(), bundle -> tls.use(named.serverName(), bundle)));
        }
        return tls;
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("bridge");
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            return directory;
        } catch (IOException impossible) {
            throw new UncheckedIOException("The directory for temporary files cannot be written", impossible);
        }
    }

    @Override
    protected TomcatWebServer getTomcatWebServer(Tomcat made) {
        Behind setting = behind;
        Place at = place;
        if (setting == null || at == null) {
            return super.getTomcatWebServer(made);
        }
        Transport transport = Transport.best();
        FrontServer front = new FrontServer(
                setting.front()::getObject,
                new Front.Setting(
                        transport,
                        transport.at(at.directory().resolve(SOCKET)),
                        at.callers(),
                        limits(setting),
                        getContextPath(),
                        at.tls() != null,
                        !setting.web().cors().allowedOrigins().isEmpty(),
                        !setting.compresses()),
                at.tls());
        return new FrontedWebServer(
                made,
                getShutdown(),
                front,
                at.directory(),
                at.address(),
                setting.tomcat().getAcceptCount());
    }

    private static FrontLimits limits(Behind setting) {
        return new FrontLimits(
                Runtime.getRuntime().maxMemory(),
                files(),
                setting.longestHead(),
                setting.tomcat().getMaxSwallowSize().toBytes(),
                orElse(setting.tomcat().getConnectionTimeout(), USUAL_TIMEOUT),
                setting.web().headDeadline(),
                orElse(setting.tomcat().getKeepAliveTimeout(), USUAL_KEEP_ALIVE),
                setting.web().answerDeadline());
    }

    private static Duration orElse(@Nullable Duration set, Duration usual) {
        return set == null ? usual : set;
    }

    private static long files() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
