package io.qlikbridge.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.qlikbridge.Product;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy that hands each request to the next of several replicas, whichever had the one before. */
final class RoundRobin implements AutoCloseable {

    /** What is between two neighbours alone (RFC 9110, section 7.6.1), or said anew. */
    private static final Set<String> OWN =
            Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade");

    private final List<Product> replicas;
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private RoundRobin(List<Product> replicas) throws IOException {
        this.replicas = replicas;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    static RoundRobin over(List<Product> replicas) {
        try {
            return new RoundRobin(replicas);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int asked() {
        return asked.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            Product replica = replicas.get(asked.getAndIncrement() % replicas.size());
            HttpResponse<byte[]> answer =
                    client.send(request(exchange, replica), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            byte[] body = answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange, Product replica) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(replica.url() + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        String own = "127.0.0.1:" + server.getAddress().getPort();
        return request.setHeader("X-Forwarded-Host", own)
                .setHeader("X-Forwarded-Proto", "http")
                .setHeader("X-Forwarded-For", "127.0.0.1")
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        client.close();
    }
}
