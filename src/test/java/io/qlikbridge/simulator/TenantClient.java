package io.qlikbridge.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/** Calls a tenant as bluntly as a test wants. */
final class TenantClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private final Duration timeout;

    TenantClient(String url) {
        this(url, Duration.ofMinutes(1));
    }

    private TenantClient(String url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    /** The same, less patient. */
    TenantClient withTimeout(Duration shorter) {
        return new TenantClient(url, shorter);
    }

    Reply send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path))
                .timeout(timeout)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Reply post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Reply login(TokenMaker token, String... moreHeaders) {
        return loginAt("/login/jwt-session", token.token(), moreHeaders);
    }

    Reply loginAt(String path, String token, String... moreHeaders) {
        String[] headers = new String[moreHeaders.length + 2];
        headers[0] = "Authorization";
        headers[1] = "Bearer " + token;
        System.arraycopy(moreHeaders, 0, headers, 2, moreHeaders.length);
        return post(path, "", headers);
    }

    /** Logs the subject in, makes an API key, and gives the headers that use it. */
    String[] key(String subject, Instant now) {
        Reply made = post(
                "/api/v1/api-keys",
                "{\"description\":\"test\"}",
                login(new TokenMaker(subject, now)).session());
        return bearer(made.json().path("token").asString());
    }

    static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }
}
