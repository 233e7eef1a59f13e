package io.qlikbridge.qlikcloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.received.CopiedJson;
import io.qlikbridge.simulator.App;
import io.qlikbridge.simulator.SimulatedTenant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tenant's page is scanned to, and what the running application answers. */
class ScannedListTests {

    private final Product bridge = Product.shared();
    private final List<byte[]> pages = new ArrayList<>();
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, "hr|4711");
        App[] apps = IntStream.range(0, 25)
                .mapToObj(number -> App.of("Bericht \u00e4 \"" + number + "\" \ud83d\ude00")
                        .described("For a/b\\c\n" + number)
                        .dated(Instant.parse("2026-02-03T04:05:06.700Z"), Instant.parse("2026-03-04T05:06:07Z")))
                .toArray(App[]::new);
        apps[3] = apps[3].asSubType("dataflow-prep").inSpace("space-1");
        tenant.apps("hr|4711", apps);
        tenant.after((request, response) -> {
            if (request.getUrl().startsWith("/api/v1/items")) {
                pages.add(response.getByteBody());
            }
            return response;
        });
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void pageWithANextOneIsAnsweredAsItIsScanned() {
        assertAnswered("&limit=20", null);
    }

    @Test
    void wholeListIsAnsweredAsItIsScanned() {
        assertAnswered("", null);
    }

    @Test
    void listOfEverySubTypeIsAnsweredAsItIsScanned() {
        assertAnswered("&subType=*", "*");
    }

    @Test
    void listOfOneSubTypeIsAnsweredAsItIsScanned() {
        assertAnswered("&subType=dataflow-prep", "dataflow-prep");
    }

    private void assertAnswered(String query, @Nullable String subType) {
        String answered = bridge.get("/api/v1/connections/" + main + "/apps?user=" + Product.encoded(ada) + query)
                .expect(200)
                .text();

        assertThat(pages).hasSize(1);
        CopiedJson scanned = AppScan.list(pages.getFirst(), 0, pages.getFirst().length, subType);
        assertThat(scanned).isNotNull();
        assertThat(new String(scanned.bytes(), 0, scanned.length(), StandardCharsets.UTF_8))
                .isEqualTo(answered);
    }
}
