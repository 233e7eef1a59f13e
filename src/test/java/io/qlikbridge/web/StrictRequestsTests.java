package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that will be refused has not acted, and a value is what it is. */
class StrictRequestsTests {

    private final Product bridge = Product.shared();

    @Test
    void acceptThatDoesNotFitIsToldBeforeASecretIsMade() {
        String id = Product.name("client");
        String secret = bridge.post("/api/v1/clients", Map.of("clientId", id, "scopes", List.of("bridge.apps")))
                .expect(201)
                .json()
                .path("secret")
                .asString();

        accepting("text/plain", "/api/v1/clients/" + id + "/secret", "").expectProblem(406, "not-acceptable");

        assertThat(bridge.accessToken(id, secret, null)).isNotBlank();
    }

    @Test
    void acceptThatDoesNotFitMakesNoKeyAtTheTenant() {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String main = bridge.connectTo(tenant);
            String user = bridge.user(main, "strict");
            String body = "{\"user\": \"" + user + "\"}";
            String path = "/api/v1/connections/" + main + "/token";

            accepting("application/xml", path, body).expectProblem(406, "not-acceptable");
            assertThat(tenant.calls()).isEmpty();

            accepting("text/html, */*;q=0.1", path, body).expect(200);
            accepting("application/*", path, body).expect(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "nonsense"})
    void contentTypeThatIsNoneIsUnsupported(String contentType) {
        bridge.exchange(bridge.request("/api/v1/users", bridge.adminToken())
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString("{}")))
                .expectProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/clients | {'clientId': 'strict', 'scopes': [0]}                  | #/scopes/0",
                "/api/v1/clients | {'clientId': 'strict', 'scopes': ['bridge.apps', null]} | #/scopes/1",
                "/api/v1/clients | {'clientId': '..', 'scopes': ['bridge.apps']}          | #/clientId",
                "/api/v1/users   | {'username': 5}                                        | #/username",
                "/api/v1/users   | {'username': 'strict', 'enabled': 1}                   | #/enabled",
                "/api/v1/users   | {'username': 'strict', 'emailVerified': 'true'}        | #/emailVerified",
                "/api/v1/users   | {'username': 'strict', 'groups': ['a', 5]}             | #/groups/1",
            })
    void valueOfAnotherTypeIsRefused(String path, String body, String pointer) {
        Answer answer = bridge.send("POST", path, body.replace('\'', '"'), bridge.adminToken())
                .expectProblem(400, "invalid-request");

        assertThat(answer.json().path("errors").path(0).path("pointer").asString())
                .isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource({"file, file, file", "file, password, #"})
    void uploadWithFieldsItShouldNotHaveIsRefused(String one, String other, String pointer) {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String main = bridge.connectTo(tenant);
            String parts = "";
            for (String name : List.of(one, other)) {
                parts += "--line\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"k\"\r\n\r\nx\r\n";
            }

            Answer answer = bridge.exchange(
                            bridge.request("/api/v1/connections/" + main + "/signing-keys", bridge.adminToken())
                                    .header("Content-Type", "multipart/form-data; boundary=line")
                                    .POST(HttpRequest.BodyPublishers.ofString(parts + "--line--\r\n")))
                    .expectProblem(400, "invalid-request");

            assertThat(answer.json().path("errors").path(0).path("pointer").asString())
                    .isEqualTo(pointer);
        }
    }

    @Test
    void cursorThatTheTenantDoesNotKnowIsTheCallersMistake() {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String main = bridge.connectTo(tenant);
            String user = bridge.user(main, "strict");

            Answer answer = bridge.get("/api/v1/connections/" + main + "/apps?user=" + user + "&after=made-up")
                    .expectProblem(400, "invalid-request");

            assertThat(answer.json().path("errors").path(0).path("pointer").asString())
                    .isEqualTo("after");
        }
    }

    private Answer accepting(String accept, String path, String json) {
        return bridge.exchange(bridge.request(path, bridge.adminToken())
                .header("Accept", accept)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }
}
