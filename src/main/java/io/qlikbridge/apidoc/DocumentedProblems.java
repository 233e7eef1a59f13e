package io.qlikbridge.apidoc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qlikbridge.failure.ProblemAnswers;
import io.qlikbridge.problem.ProblemCode;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;

/**
 * Says in the API's description how each operation can fail: an answer for each status, with the codes that it can have and an
 * example of each.
 *
 * @param told what each code is told with, by its slug
 */
record DocumentedProblems(JsonNode told) {

    private static final Set<ProblemCode> OF_ALL = EnumSet.of(ProblemCode.INVALID_REQUEST, ProblemCode.INTERNAL);
    private static final Set<ProblemCode> OF_SIGNED_IN = EnumSet.of(
            ProblemCode.UNAUTHENTICATED, ProblemCode.FORBIDDEN, ProblemCode.ISSUER_UNREACHABLE, ProblemCode.TOO_BUSY);
    private static final Set<ProblemCode> OF_BODIES =
            EnumSet.of(ProblemCode.CONTENT_TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE);

    private static final String TYPE = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;
    private static final String REQUEST_ID = "5f0c2f7e-7f0b-4f0e-9a51-0d9c1d3e2b4a";

    static DocumentedProblems read() {
        try (InputStream file = new ClassPathResource("openapi/problems.yaml").getInputStream()) {
            return new DocumentedProblems(Yaml31.mapper().readTree(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The description's problems cannot be read", unreadable);
        }
    }

    /** An example of each code, by its slug. */
    Map<String, Example> examples() {
        return Arrays.stream(ProblemCode.values()).collect(Collectors.toMap(ProblemCode::slug, this::example));
    }

    /**
     * Adds the problem answers to an operation.
     *
     * @param own the codes that are the operation's own; those that many have come on top
     */
    void addTo(Operation operation, Set<ProblemCode> own) {
        Set<ProblemCode> codes = EnumSet.copyOf(OF_ALL);
        codes.addAll(own);
        if (operation.getSecurity() != null && !operation.getSecurity().isEmpty()) {
            codes.addAll(OF_SIGNED_IN);
        }
        if (operation.getRequestBody() != null) {
            codes.addAll(OF_BODIES);
        }
        codes.stream()
                .collect(Collectors.groupingBy(ProblemAnswers::statusOf, TreeMap::new, Collectors.toList()))
                .forEach((status, those) -> add(operation, status, those));
    }

    static void addRequestId(ApiResponse response) {
        if (response.get$ref() == null) {
            response.addHeaderObject("X-Request-Id", header("RequestId"));
        }
    }

    private static void add(Operation operation, HttpStatus status, List<ProblemCode> codes) {
        String key = String.valueOf(status.value());
        ApiResponse known = operation.getResponses().get(key);
        ApiResponse response = known == null || known.get$ref() != null ? new ApiResponse() : known;
        if (response.getDescription() == null) {
            response.setDescription(
                    codes.stream().map(code -> code.title() + ".").collect(Collectors.joining(" ")));
        }
        if (response.getContent() == null) {
            response.setContent(new Content());
        }
        response.getContent().addMediaType(TYPE, content(codes));
        ApiResponse otherwise = operation.getResponses().get("default");
        if (otherwise != null) {
            // the tenant may answer with this status, too
            response.getContent().addMediaType("*/*", new MediaType().schema(new JsonSchema()));
        }
        switch (status) {
            case UNAUTHORIZED -> response.addHeaderObject("WWW-Authenticate", header("Challenge"));
            case FORBIDDEN -> response.addHeaderObject("WWW-Authenticate", header("MissingScope"));
            case SERVICE_UNAVAILABLE -> response.addHeaderObject("Retry-After", header("RetryAfter"));
            default -> {}
        }
        operation.getResponses().addApiResponse(key, response);
    }

    private static MediaType content(List<ProblemCode> codes) {
        JsonSchema code = new JsonSchema();
        codes.forEach(each -> code.addEnumItemObject(each.slug()));
        JsonSchema problem = new JsonSchema();
        problem.set$ref("#/components/schemas/Problem");
        problem.addProperty("code", code);
        MediaType content = new MediaType().schema(problem);
        codes.forEach(
                each -> content.addExamples(each.slug(), new Example().$ref("#/components/examples/" + each.slug())));
        return content;
    }

    private Example example(ProblemCode code) {
        JsonNode words = told.path(code.slug());
        ObjectNode problem = Yaml31.mapper().createObjectNode();
        problem.put("type", "urn:qlik-bridge:problem:" + code.slug());
        problem.put("title", code.title());
        problem.put("status", ProblemAnswers.statusOf(code).value());
        problem.set("detail", words.path("detail"));
        problem.put("instance", "/api/v1/connections/main");
        problem.put("code", code.slug());
        problem.put("requestId", REQUEST_ID);
        for (String part : List.of("upstream", "errors")) {
            if (words.has(part)) {
                problem.set(part, words.get(part));
            }
        }
        return new Example().summary(words.path("when").asText()).value(problem);
    }

    private static Header header(String name) {
        return new Header().$ref("#/components/headers/" + name);
    }
}
