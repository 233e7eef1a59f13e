package io.qlikbridge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstAdminTests {

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "elevenchars", "😀😀😀😀😀😀", "aaaaaaaaaaaaaaaaaaaa", "abcdabcdabcdabcd"})
    void firstAdminWhenTheOperatorsSecretCanBeGuessedRefusesToStart(String secret) {
        FirstAdmin admin = new FirstAdmin(
                new Clients(null, null, null, null, null, null), new AccessProperties(null, secret, false, List.of()));

        assertThatExceptionOfType(AccessCannotStart.class)
                .isThrownBy(admin::afterSingletonsInstantiated)
                .withMessageContaining("bridge.access.admin-secret")
                .withMessageNotContaining(secret)
                .satisfies(refusal ->
                        assertThat(refusal.action()).contains("openssl rand").doesNotContain(secret));
    }

    @Test
    void secretsDoNotPrint() {
        AccessProperties properties = new AccessProperties(null, "hidden", false, List.of());
        ClientSecret secret = new ClientSecret("hidden");
        Clients.ClientWithSecret both = new Clients.ClientWithSecret(
                new BridgeClient(
                        "r",
                        "c",
                        Set.of(),
                        ClientUsers.EVERYONE,
                        AllowedConnections.EVERYWHERE,
                        java.time.Instant.EPOCH,
                        false),
                secret);

        assertThat(properties.toString() + secret + both + ClientController.Answer.of(both.client(), secret))
                .doesNotContain("hidden");
    }
}
