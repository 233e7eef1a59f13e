package io.qlikbridge.passthrough;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.qlikbridge.Product;
import io.qlikbridge.simulator.SimulatedTenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A tenant where some addresses answer as a test likes, byte by byte; all else is the simulated tenant's. */
public final class ContentTenant implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public interface Content {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final SimulatedTenant tenant = SimulatedTenant.start();
    private final HttpServer server;
    private final Map<String, Content> contents = new ConcurrentHashMap<>();

    private ContentTenant(HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public static ContentTenant start() {
        try {
            return new ContentTenant(
                    HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1_000));
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    public String connectTo(Product bridge) {
        return bridge.connectTo(
                tenant, Map.of("host", "http://127.0.0.1:" + server.getAddress().getPort()));
    }

    void items(Content content) {
        answers("/api/v1/items", content);
    }

    /** Items that go on for as many bytes as this, and never end: a beginning, and more of the same. */
    void endless(String beginning, String more, int bytes) {
        byte[] piece = more.repeat(64 * 1024 / more.length()).getBytes(StandardCharsets.UTF_8);
        items(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
            for (int sent = 0; sent < bytes; sent += piece.length) {
                exchange.getResponseBody().write(piece);
            }
        });
    }

    /** @param path how the addresses begin that answer so */
    public void answers(String path, Content content) {
        contents.put(path, content);
    }

    private void answer(HttpExchange exchange) throws IOException {
        for (Map.Entry<String, Content> content : contents.entrySet()) {
            if (exchange.getRequestURI().getPath().startsWith(content.getKey())) {
                // closed after a failure, it would end well what was to break off
                content.getValue().answer(exchange);
                exchange.close();
                return;
            }
        }
        forward(exchange);
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tenant.url() + exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            for (String name : new String[] {"Authorization", "Content-Type", "Cookie", "qlik-csrf-token"}) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers().map().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("transfer-encoding")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        tenant.close();
    }
}
