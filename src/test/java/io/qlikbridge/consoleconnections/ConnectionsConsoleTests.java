package io.qlikbridge.consoleconnections;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.console.ConsoleBrowser;
import io.qlikbridge.console.ConsolePage;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OneAtATime
class ConnectionsConsoleTests {

    private static final Product bridge = Product.shared();
    private static final ConsoleBrowser browser = ConsoleBrowser.ofAdmin();

    private final String id = "c-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void newConnectionNeedsItsNameAndAddressAlone() {
        ConsolePage made = save(Map.of("name", id, "host", "tenant.eu.qlikcloud.com"));

        assertThat(made.path()).isEqualTo("/console/connections/" + id + "?done=connections-made");
        assertThat(made.text()).contains("The connection is there.").contains("https://tenant.eu.qlikcloud.com");
        JsonNode kept = bridge.get("/api/v1/connections/" + id).expect(200).json();
        assertThat(kept.path("type").asString()).isEqualTo("qlik-cloud");
        assertThat(kept.path("issuer").asString()).isEqualTo(bridge.url());
        assertThat(kept.path("origin").isNull()).isTrue();
        assertThat(kept.path("apiKeyExpiry").asString()).isEqualTo("PT24H");
        assertThat(kept.path("subjectTemplate").asString()).isEqualTo("{username}");
    }

    private static ConsolePage save(Map<String, String> fields) {
        return browser.submit(browser.page("/console/connections/new").expect(200), "Save", fields);
    }
}
