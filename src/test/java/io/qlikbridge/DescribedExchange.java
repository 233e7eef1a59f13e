package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.qlikbridge.ServedDescription.Place;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request and its answer, held against the description: address and method, status, headers, content type and body. Where
 * the bridge took a request, the description has to allow it, too.
 */
public record DescribedExchange(HttpRequest request, int status, HttpHeaders headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PROBLEM = "application/problem+json";

    /** What an address that is not described may answer. */
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 405, 406, 413, 415);

    private static final Set<String> NOT_TEXT = Set.of("integer", "boolean");

    /** Pages, which are not part of the API. */
    private static final String PAGE = "/swagger-ui";

    /** @param url where the bridge is */
    public void check(String url) {
        String path = request.uri().getRawPath();
        String below = URI.create(url).getRawPath();
        if (path.startsWith(below)) {
            path = path.substring(below.length());
        }
        if (path.startsWith(PAGE) || request.method().equals("OPTIONS") && status < 400) {
            return;
        }
        ServedDescription description = ServedDescription.of(url);
        assertThat(headers.firstValue("X-Request-Id")).as(where()).isPresent();
        Optional<Place> operation = description.operation(request.method(), path);
        if (operation.isEmpty()) {
            checkRefusal(description);
            return;
        }
        checkAnswer(description, operation.get());
        if (status < 300) {
            checkRequest(description, operation.get());
        }
    }

    private void checkRefusal(ServedDescription description) {
        assertThat(REFUSALS).as("%s is not described", where()).contains(status);
        if (!request.method().equals("HEAD")) {
            assertThat(contentType()).as(where()).isEqualTo(PROBLEM);
            Place problem = new Place(description.document(), "")
                    .at("components")
                    .at("schemas")
                    .at("Problem");
            assertThat(description.faults(problem, json())).as(where()).isEmpty();
        }
    }

    private void checkAnswer(ServedDescription description, Place operation) {
        Place responses = operation.at("responses");
        String key = responses.has(String.valueOf(status)) ? String.valueOf(status) : "default";
        assertThat(responses.has(key))
                .as("%s: the status is not described", where())
                .isTrue();
        Place response = description.resolved(responses.at(key));
        response.node().path("headers").propertyNames().forEach(name -> {
            Place header = description.resolved(response.at("headers").at(name));
            if (header.node().path("required").asBoolean(false)) {
                assertThat(headers.firstValue(name)).as("%s: %s", where(), name).isPresent();
            }
        });
        if (status == 401 && contentType().equals(PROBLEM)) {
            assertThat(headers.firstValue("WWW-Authenticate")).as(where()).isPresent();
        }
        if (request.method().equals("HEAD")) {
            return;
        }
        if (body.length == 0) {
            assertThat(response.has("content") && !response.at("content").has("*/*"))
                    .as("%s: no body", where())
                    .isFalse();
            return;
        }
        Place content =
                content(response).orElseGet(() -> fail("%s: content type %s is not described", where(), contentType()));
        checkBody(description, content.at("schema"), contentType(), body);
    }

    private void checkRequest(ServedDescription description, Place operation) {
        checkQuery(description, operation);
        boolean empty = request.bodyPublisher()
                        .map(HttpRequest.BodyPublisher::contentLength)
                        .orElse(0L)
                == 0;
        // a body where none is read means nothing (RFC 9110, section 9.3.1)
        if (empty || !operation.has("requestBody")) {
            return;
        }
        String type = bare(request.headers().firstValue("Content-Type").orElse(""));
        Place sent = description.resolved(operation.at("requestBody"));
        assertThat(sent.at("content").has(type))
                .as("%s: request body %s", where(), type)
                .isTrue();
        if (type.equals("application/json")) {
            checkBody(description, sent.at("content").at(type).at("schema"), type, sentBody());
        }
    }

    private void checkQuery(ServedDescription description, Place operation) {
        Map<String, Place> known = new HashMap<>();
        boolean any = false;
        for (Place parameter : description.parameters(operation)) {
            if (parameter.node().path("in").asString().equals("query")) {
                known.put(parameter.node().path("name").asString(), parameter.at("schema"));
                any |= parameter.node().path("explode").asBoolean(false);
            }
        }
        if (any || request.uri().getRawQuery() == null) {
            return;
        }
        for (String pair : request.uri().getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            String value = URLDecoder.decode(parts.length < 2 ? "" : parts[1], StandardCharsets.UTF_8);
            assertThat(known).as(where()).containsKey(parts[0]);
            Place schema = known.get(parts[0]);
            boolean text = !NOT_TEXT.contains(schema.node().path("type").asString(""));
            assertThat(
                            value.isEmpty()
                                    ? List.of()
                                    : description.faults(
                                            schema,
                                            text ? JSON.getNodeFactory().stringNode(value) : JSON.readTree(value)))
                    .as("%s: %s", where(), pair)
                    .isEmpty();
        }
    }

    private void checkBody(ServedDescription description, Place schema, String type, byte[] bytes) {
        if (schema.node().isEmpty()) {
            return;
        }
        boolean json = type.equals("application/json") || type.endsWith("+json");
        JsonNode value = json
                ? JSON.readTree(bytes)
                : JSON.getNodeFactory().stringNode(new String(bytes, StandardCharsets.UTF_8));
        List<String> faults = description.faults(schema, value);
        assertThat(faults).as(() -> where() + ": " + value).isEmpty();
    }

    private Optional<Place> content(Place response) {
        Place content = response.at("content");
        return List.of(contentType(), "*/*").stream()
                .filter(content::has)
                .findFirst()
                .map(content::at);
    }

    private byte[] sentBody() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                byte[] read = new byte[piece.remaining()];
                piece.duplicate().get(read);
                bytes.writeBytes(read);
            }

            @Override
            public void onError(Throwable failure) {
                throw new IllegalStateException(failure);
            }

            @Override
            public void onComplete() {}
        });
        return bytes.toByteArray();
    }

    private JsonNode json() {
        return JSON.readTree(body);
    }

    private String contentType() {
        return bare(headers.firstValue("Content-Type").orElse(""));
    }

    private static String bare(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private String where() {
        return request.method() + " " + request.uri().getRawPath() + " → " + status;
    }
}
