package io.qlikbridge.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A page at an origin of its own, as somebody would make it who means ill. */
record StrangePage(HttpServer server, String html) implements AutoCloseable {

    static StrangePage of(String html) throws IOException {
        StrangePage page = new StrangePage(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0), html);
        page.server.createContext("/", page::answer);
        page.server.start();
        return page;
    }

    /** @param host {@code 127.0.0.1}, to browsers the same site as a bridge there, or {@code localhost}, another one */
    String url(String host) {
        return "http://" + host + ":" + server.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body =
                    ("<!DOCTYPE html><html lang=en><head><title>Strange</title><link rel=icon href=data:></head><body>"
                                    + html)
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
