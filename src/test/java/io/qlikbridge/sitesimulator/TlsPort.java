package io.qlikbridge.sitesimulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/**
 * A port of a site that speaks HTTP over TLS, each connection on a virtual thread of its own. Which certificate it shows is asked
 * anew for each connection.
 */
final class TlsPort implements AutoCloseable {

    private static final int HANDSHAKE_MILLISECONDS = 10_000;
    private static final int IDLE_MILLISECONDS = 120_000;

    private final SiteCall.Door door;
    private final Identity identity;
    private final Supplier<SiteState> site;
    private final ServerSocket server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What a port shows, and whose certificates it asks for. */
    interface Identity {
        SSLContext context();

        boolean mutual();
    }

    /** @param port 0 for a free one */
    TlsPort(int port, SiteCall.Door door, Identity identity, Supplier<SiteState> site) {
        this.door = door;
        this.identity = identity;
        this.site = site;
        try {
            this.server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 500);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    void start() {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** As a service does that starts anew. */
    void dropConnections() {
        open.forEach(TlsPort::closeQuietly);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            server.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
        dropConnections();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket raw = server.accept();
                open.add(raw);
                Thread.ofVirtual().start(() -> serve(raw));
            } catch (IOException closed) {
                // the loop's condition ends it
            }
        }
    }

    private void serve(Socket raw) {
        try (raw;
                SSLSocket secured = handshake(raw)) {
            Wire wire = new Wire(raw, secured, closing);
            DefaultBHttpServerConnection connection = new DefaultBHttpServerConnection("https", Http1Config.DEFAULT);
            connection.bind(secured);
            HttpService service = new HttpService(
                    HttpProcessors.server("Microsoft-HTTPAPI/2.0"),
                    (request, response, context) -> response.submitResponse(answer(request, wire)));
            while (connection.isOpen()) {
                service.handleRequest(connection, HttpCoreContext.create());
            }
        } catch (IOException | HttpException gone) {
            // the caller has gone, was refused by TLS, or the trouble is on purpose
        } finally {
            open.remove(raw);
        }
    }

    private SSLSocket handshake(Socket raw) throws IOException {
        raw.setTcpNoDelay(true);
        raw.setSoTimeout(HANDSHAKE_MILLISECONDS);
        SSLSocket secured = (SSLSocket) identity.context().getSocketFactory().createSocket(raw, null, true);
        secured.setNeedClientAuth(identity.mutual());
        secured.startHandshake();
        raw.setSoTimeout(IDLE_MILLISECONDS);
        return secured;
    }

    private BasicClassicHttpResponse answer(ClassicHttpRequest request, Wire wire) throws IOException, HttpException {
        byte[] body = request.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(request.getEntity());
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (Header header : request.getHeaders()) {
            fields.add(Map.entry(header.getName(), header.getValue() == null ? "" : header.getValue()));
        }
        SiteState answering = site.get();
        SiteAnswer answer = answering.answer(
                SiteCall.of(
                        door, request.getMethod(), request.getRequestUri(), fields, body == null ? new byte[0] : body),
                wire);
        return response(answer, answering.date());
    }

    private BasicClassicHttpResponse response(SiteAnswer answer, String date) {
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
        answer.headers().forEach(header -> response.addHeader(header.getKey(), header.getValue()));
        response.setHeader("Date", date);
        if (answer.status() != 204) {
            response.setEntity(new EntityTemplate(answer.length(), null, null, answer.body()::writeTo));
        }
        return response;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // that is what was asked for
        }
    }
}
