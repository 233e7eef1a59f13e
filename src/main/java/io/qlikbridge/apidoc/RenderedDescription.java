package io.qlikbridge.apidoc;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.oas.models.OpenAPI;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the API's description, written out once: it is open to all, and writing it out takes a megabyte and some milliseconds each
 * time.
 */
@RestController
@ConditionalOnBooleanProperty(name = "springdoc.api-docs.enabled", matchIfMissing = true)
class RenderedDescription extends OpenApiWebMvcResource {

    private final Rendering json = new Rendering(super::writeJsonValue);
    private final Rendering yaml = new Rendering(super::writeYamlValue);

    RenderedDescription(
            ObjectFactory<OpenAPIService> openApi,
            AbstractRequestService requests,
            GenericResponseService responses,
            OperationService operations,
            SpringDocConfigProperties properties,
            SpringDocProviders providers,
            SpringDocCustomizers customizers) {
        super(openApi, requests, responses, operations, properties, providers, customizers);
    }

    @Override
    protected byte[] writeJsonValue(OpenAPI description) throws JsonProcessingException {
        return json.of(description);
    }

    @Override
    protected byte[] writeYamlValue(OpenAPI description) throws JsonProcessingException {
        return yaml.of(description);
    }

    private interface Writer {

        byte[] write(OpenAPI description) throws JsonProcessingException;
    }

    /** One form of the description, made by whoever asks first. */
    private static final class Rendering {

        private final Writer writer;
        private @Nullable OpenAPI written;
        private byte[] bytes = {};

        private Rendering(Writer writer) {
            this.writer = writer;
        }

        private synchronized byte[] of(OpenAPI description) throws JsonProcessingException {
            if (written != description) {
                bytes = writer.write(description);
                written = description;
            }
            return bytes;
        }
    }
}
