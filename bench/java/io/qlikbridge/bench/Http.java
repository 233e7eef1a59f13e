package io.qlikbridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls that are not measured. */
final class Http {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    record Answer(int status, String body) {

        Answer require(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException(status + " instead of " + wanted + ": " + body);
            }
            return this;
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    static Answer get(String url, String token) {
        return send(request(url, token).GET());
    }

    static Answer send(String method, String url, String token, String type, String body) {
        return send(request(url, token)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    static Answer json(String method, String url, String token, Object body) {
        return send(method, url, token, "application/json", JSON.writeValueAsString(body));
    }

    static HttpRequest.Builder request(String url, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMinutes(3));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException impatient) {
            throw new IllegalStateException(impatient);
        }
    }
}
