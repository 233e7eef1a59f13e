package io.qlikbridge.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A wire to a tenant, on a loopback port of its own, that can be unplugged: then connections are refused, which no answer of
 * the tenant could bring about.
 */
public final class FlakyWire implements AutoCloseable {

    private final InetSocketAddress tenant;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private ServerSocket plugged;
    private Thread acceptor;

    private FlakyWire(InetSocketAddress tenant) {
        this.tenant = tenant;
        this.plugged = listenOnAPortOfItsOwn();
        this.port = plugged.getLocalPort();
    }

    /** @param url of the tenant, such as {@link SimulatedTenant#url()} */
    public static FlakyWire to(String url) {
        URI tenant = URI.create(url);
        return new FlakyWire(new InetSocketAddress(tenant.getHost(), tenant.getPort()));
    }

    /** Where the tenant is to be called instead. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * Refuses connections from now on. What is on its way over one that is open still arrives; see
     * {@link Faults#lastOnItsConnection}.
     */
    public synchronized void unplug() {
        closeQuietly(plugged);
        try {
            // the system closes the port when nobody waits at it any longer
            acceptor.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Refuses connections from now on, and breaks off those that are open. */
    public void cut() {
        unplug();
        open.forEach(FlakyWire::closeQuietly);
    }

    /** Takes connections again, on the same port. */
    public synchronized void plug() {
        if (plugged.isClosed()) {
            plugged = listen(port);
        }
    }

    @Override
    public void close() {
        cut();
    }

    /** None that the system gives to whoever asks for any: while unplugged, nobody else must be found there. */
    private ServerSocket listenOnAPortOfItsOwn() {
        UncheckedIOException taken = null;
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                return listen(ThreadLocalRandom.current().nextInt(20_000, 30_000));
            } catch (UncheckedIOException another) {
                taken = another;
            }
        }
        throw new IllegalStateException("No port is free", taken);
    }

    private ServerSocket listen(int wanted) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted), 200);
            acceptor = Thread.ofVirtual().start(() -> accept(server));
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException unplugged) {
                return;
            }
        }
    }

    private void connect(Socket caller) {
        open.add(caller);
        try (caller;
                Socket callee = new Socket(tenant.getAddress(), tenant.getPort())) {
            open.add(callee);
            Thread back = Thread.ofVirtual().start(() -> carry(callee, caller));
            carry(caller, callee);
            back.join();
            open.remove(callee);
        } catch (IOException | InterruptedException over) {
            // the caller sees its connection end
        } finally {
            open.remove(caller);
        }
    }

    /** Carries one direction to its end, which it passes on. */
    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException over) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception gone) {
            // as wanted
        }
    }
}
