package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's description as a bridge serves it, to hold exchanges against. Its objects are taken as closed, so a property that
 * it does not name is found.
 */
public final class ServedDescription {

    static final String PATH = "/v3/api-docs";

    private static final String ID = "https://bridge.example.org/openapi.json";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonNode document;
    /** Of which all others are parts: the library would read the whole document again for each. */
    private final Schema whole;

    private final List<Route> routes;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private ServedDescription(JsonNode document) {
        this.document = document;
        JsonNode closed = document.deepCopy();
        close(closed);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                Dialects.getDraft202012(),
                schemas -> schemas.schemas(Map.of(ID, closed.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        this.whole = registry.getSchema(SchemaLocation.of(ID));
        this.routes = document.path("paths")
                .propertyStream()
                .map(path -> Route.of(path.getKey()))
                .sorted(Comparator.comparingLong(Route::variables))
                .toList();
    }

    private static final class Loaded {

        private static volatile ServedDescription description;
    }

    /** The one that all bridges serve; read once, from the first that is asked. */
    static ServedDescription of(String url) {
        if (Loaded.description == null) {
            synchronized (Loaded.class) {
                if (Loaded.description == null) {
                    Loaded.description = new ServedDescription(read(url));
                }
            }
        }
        return Loaded.description;
    }

    private static JsonNode read(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + PATH)).build();
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(TestTls.trustingAnybody()).build()) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as("description").isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException impatient) {
            throw new IllegalStateException(impatient);
        }
    }

    JsonNode document() {
        return document;
    }

    /** Such as {@code GET /api/v1/me}. */
    List<String> operations() {
        List<String> operations = new ArrayList<>();
        routes.forEach(route -> METHODS.stream()
                .filter(document.path("paths").path(route.path())::has)
                .forEach(method -> operations.add(method.toUpperCase() + " " + route.path())));
        return operations;
    }

    /** The description of what answers a request; empty for an address, or a method of it, that is not described. */
    Optional<Place> operation(String method, String path) {
        String verb = method.equals("HEAD") ? "get" : method.toLowerCase();
        return routes.stream()
                .filter(route -> route.pattern().matcher(path).matches())
                .findFirst()
                .map(route -> new Place(document, "").at("paths").at(route.path()))
                .filter(item -> item.has(verb))
                .map(item -> item.at(verb));
    }

    /** Those of an operation, and those of its path. */
    List<Place> parameters(Place operation) {
        List<Place> parameters = new ArrayList<>();
        String path = operation.pointer().substring(0, operation.pointer().lastIndexOf('/'));
        for (Place owner : List.of(new Place(document.at(path), path), operation)) {
            for (int at = 0; at < owner.at("parameters").node().size(); at++) {
                parameters.add(resolved(
                        new Place(owner.at("parameters").node().get(at), owner.pointer() + "/parameters/" + at)));
            }
        }
        return parameters;
    }

    /** At the end of a chain of references; the same place for what is no reference. */
    Place resolved(Place place) {
        Place at = place;
        while (at.node().has("$ref") && at.node().size() == 1) {
            Place next = new Place(document, "");
            for (String step : at.node().path("$ref").asString().substring(2).split("/")) {
                next = next.at(step.replace("~1", "/").replace("~0", "~"));
            }
            at = next;
        }
        return at;
    }

    /** What is wrong with a value by the schema at a place. */
    List<String> faults(Place schema, JsonNode value) {
        return schemas
                .computeIfAbsent(schema.pointer(), pointer -> whole.getRefSchema(SchemaLocation.Fragment.of(pointer)))
                .validate(value)
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && object.has("type")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ServedDescription::close);
    }

    /** Something in the description, and where it stands. */
    record Place(JsonNode node, String pointer) {

        Place at(String name) {
            return new Place(
                    node.path(name), pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
        }

        boolean has(String name) {
            return node.has(name);
        }
    }

    private record Route(String path, Pattern pattern, long variables) {

        private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

        private static Route of(String path) {
            return new Route(
                    path,
                    Pattern.compile(VARIABLE.matcher(Pattern.quote(path)).replaceAll("\\\\E[^/]+\\\\Q")),
                    VARIABLE.matcher(path).results().count());
        }
    }
}
