package io.qlikbridge.apidoc;

import io.qlikbridge.problem.ProblemCode;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/**
 * One file of the API's description: the operations of one tag. Its {@code tags}, {@code security} and {@code x-problems} are
 * those of each of its operations; {@code x-problems} of an operation come on top.
 *
 * @param content the file, read
 */
record ApiFragment(OpenAPI content) {

    private static final String PROBLEMS = "x-problems";

    /** @param name such as {@code users} */
    static ApiFragment read(String name) {
        try (InputStream file = new ClassPathResource("openapi/" + name + ".yaml").getInputStream()) {
            return new ApiFragment(Yaml31.mapper().readValue(file, OpenAPI.class));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The description's file " + name + " cannot be read", unreadable);
        }
    }

    List<Operation> operations() {
        return orNone(content.getPaths()).values().stream()
                .map(PathItem::readOperations)
                .flatMap(List::stream)
                .toList();
    }

    /** Gives the operation the tag of the file, and its way of signing in unless it has one of its own. */
    void applyTo(Operation operation) {
        operation.addTagsItem(content.getTags().getFirst().getName());
        if (operation.getSecurity() == null) {
            operation.setSecurity(content.getSecurity());
        }
    }

    /** What can go wrong with the operation, as the file says; takes it out of the operation. */
    Set<ProblemCode> problemsOf(Operation operation) {
        Set<ProblemCode> codes = EnumSet.noneOf(ProblemCode.class);
        codes.addAll(codes(content.getExtensions()));
        codes.addAll(codes(operation.getExtensions()));
        if (operation.getExtensions() != null) {
            operation.getExtensions().remove(PROBLEMS);
        }
        return codes;
    }

    void addTo(OpenAPI whole) {
        orNone(content.getPaths()).forEach(whole.getPaths()::addPathItem);
        if (content.getTags() != null) {
            whole.getTags().addAll(content.getTags());
        }
        Components from = content.getComponents();
        if (from == null) {
            return;
        }
        Components to = whole.getComponents();
        each(from.getSchemas(), to::addSchemas);
        each(from.getParameters(), to::addParameters);
        each(from.getHeaders(), to::addHeaders);
        each(from.getExamples(), to::addExamples);
        each(from.getResponses(), to::addResponses);
        each(from.getRequestBodies(), to::addRequestBodies);
        each(from.getSecuritySchemes(), to::addSecuritySchemes);
    }

    private static List<ProblemCode> codes(@Nullable Map<String, Object> extensions) {
        Object slugs = orNone(extensions).get(PROBLEMS);
        return slugs instanceof List<?> list
                ? list.stream().map(slug -> code(slug.toString())).toList()
                : List.of();
    }

    private static ProblemCode code(String slug) {
        return ProblemCode.valueOf(slug.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static <V> void each(@Nullable Map<String, V> map, BiConsumer<String, V> use) {
        orNone(map).forEach(use);
    }

    private static <V> Map<String, V> orNone(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
