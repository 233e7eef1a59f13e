package io.qlikbridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a bridge over real HTTP. Its answers are as the API's description says. */
public final class TestHttp {

    private static final HttpClient client = HttpClient.newHttpClient();
    private static final JsonMapper mapper = new JsonMapper();

    /** Where tests have controllers of their own, which are not described. */
    private static final Set<String> PROBES = Set.of("/probe", "/api/v1/probe", "/api/v1/connections/probe/");

    private final int port;

    public TestHttp(int port) {
        this.port = port;
    }

    public Answer get(String path, @Nullable String token, String... headers) {
        return send("GET", path, token, null, headers);
    }

    public Answer post(String path, @Nullable String token, @Nullable String json) {
        return send("POST", path, token, json, "Content-Type", "application/json");
    }

    public Answer delete(String path, @Nullable String token) {
        return send("DELETE", path, token, null);
    }

    public Answer send(String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (PROBES.stream().noneMatch(request.uri().getPath()::startsWith)) {
                new DescribedExchange(request, response.statusCode(), response.headers(), response.body())
                        .check("http://localhost:" + port);
            }
            return new Answer(
                    response.statusCode(), response.headers(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    public Answer tokenRequest(@Nullable String clientId, @Nullable String secret, String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (clientId != null) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8)));
        }
        return send(request.build());
    }

    /** An access token with all of the client's scopes. */
    public String token(String clientId, String secret) {
        Answer answer = tokenRequest(clientId, secret, "grant_type=client_credentials");
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.json().get("access_token").asString();
    }

    /** Sends bytes that no HTTP client would send, and gives back all that comes. */
    public String raw(String request) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public record Answer(int status, HttpHeaders headers, String body) {

        public JsonNode json() {
            return mapper.readTree(body);
        }

        /** The code of a problem. */
        public String code() {
            return json().path("code").asString();
        }

        public String detail() {
            return json().path("detail").asString();
        }

        public @Nullable String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }
}
