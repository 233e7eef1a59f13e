package io.qlikbridge.tenantsetup;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.connection.ConnectionId;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@OneAtATime
class SetupClaimStoreTests {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final Product bridge = Product.undisturbed();
    private final SetupClaimStore store = bridge.bean(SetupClaimStore.class);
    private final ConnectionId main = new ConnectionId(Product.name("main"));
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    @BeforeEach
    void connect() {
        bridge.put(
                        "/api/v1/connections/" + main,
                        Map.of("type", "qlik-cloud", "host", "http://127.0.0.1:9", "issuer", Product.ISSUER))
                .expect(201);
    }

    @Test
    void claimWhenSomebodyHasItIsNotGivenUntilItIsReleased() {
        assertThat(store.claim(main, first, DEADLINE)).isTrue();
        assertThat(store.claim(main, second, DEADLINE)).isFalse();
        assertThat(store.putOff(main, first, DEADLINE)).isTrue();

        store.release(main, second);
        assertThat(store.claim(main, second, DEADLINE)).isFalse();

        store.release(main, first);
        assertThat(store.claim(main, second, DEADLINE)).isTrue();
    }

    @Test
    void claimWhenItsHolderHasDiedIsTakenOverForGood() {
        store.claim(main, first, DEADLINE);
        bridge.bean(JdbcClient.class)
                .sql("update tenant_setup set deadline = now() - interval '1 second' where connection_id = :id")
                .param("id", main.value())
                .update();

        assertThat(store.claim(main, second, DEADLINE)).isTrue();

        assertThat(store.putOff(main, first, DEADLINE)).isFalse();
        assertThat(store.putOff(main, second, DEADLINE)).isTrue();
    }

    @Test
    void claimWhenThereIsNoConnectionIsNotGiven() {
        assertThat(store.claim(new ConnectionId(Product.name("none")), first, DEADLINE))
                .isFalse();
    }
}
