package io.qlikbridge.apidoc;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/**
 * The API's description: what the files below {@code openapi/} say, put together when it is first asked for. Nothing of it is
 * read out of the code; a test holds each answer of the bridge against it instead.
 */
@Component
class ApiDescription implements OpenApiCustomizer {

    private static final String FIRST = "bridge";

    /** In the order that a reader meets them. */
    private static final List<String> FILES = List.of(
            FIRST,
            "signing-in",
            "callers",
            "pass-through",
            "pass-through-site",
            "connections",
            "signing-keys",
            "certificates",
            "oauth-client",
            "users",
            "leases",
            "clients",
            "audit",
            "operations");

    @Override
    public void customise(OpenAPI served) {
        OpenAPI first = ApiFragment.read(FIRST).content();
        Components components = new Components();
        DocumentedProblems problems = DocumentedProblems.read();
        served.info(first.getInfo())
                .servers(first.getServers())
                .paths(new Paths())
                .components(components)
                .tags(new ArrayList<>());
        for (String file : FILES) {
            ApiFragment fragment = ApiFragment.read(file);
            fragment.operations().forEach(operation -> complete(operation, fragment, problems));
            fragment.addTo(served);
        }
        problems.examples().forEach(components::addExamples);
        components.getResponses().values().forEach(DocumentedProblems::addRequestId);
    }

    private static void complete(Operation operation, ApiFragment fragment, DocumentedProblems problems) {
        fragment.applyTo(operation);
        problems.addTo(operation, fragment.problemsOf(operation));
        operation.getResponses().values().forEach(DocumentedProblems::addRequestId);
        operation.addParametersItem(new Parameter().$ref("#/components/parameters/RequestId"));
    }
}
