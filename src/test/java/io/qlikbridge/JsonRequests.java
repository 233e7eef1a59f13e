package io.qlikbridge;

import io.qlikbridge.problem.BridgeException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One controller, asked in JSON, with nothing of the application around it. */
public final class JsonRequests {

    private final MockMvcTester mvc;

    public JsonRequests(Object controller) {
        JsonMapper json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.mvc = MockMvcTester.of(
                List.of(controller),
                controllers -> controllers
                        .setMessageConverters(new JacksonJsonHttpMessageConverter(json))
                        .build());
    }

    /** What the controller refused a request with. */
    public static BridgeException refusal(MvcTestResult result) {
        return (BridgeException) Objects.requireNonNull(result.getUnresolvedException(), "The request was not refused")
                .getCause();
    }

    public MockMvcTester.MockMvcRequestBuilder get(String uri, Object... variables) {
        return mvc.get().uri(uri, variables);
    }

    /** Asks for an address as it is, escapes and all. */
    public MockMvcTester.MockMvcRequestBuilder get(URI uri) {
        return mvc.get().uri(uri);
    }

    public MockMvcTester.MockMvcRequestBuilder put(String uri, String body) {
        return mvc.put().uri(uri).contentType(MediaType.APPLICATION_JSON).content(body);
    }

    public MockMvcTester.MockMvcRequestBuilder post(String uri, String body) {
        return mvc.post().uri(uri).contentType(MediaType.APPLICATION_JSON).content(body);
    }

    public MockMvcTester.MockMvcRequestBuilder delete(String uri) {
        return mvc.delete().uri(uri);
    }
}
