package io.qlikbridge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.OneAtATime;
import io.qlikbridge.Product;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A client's secret that is renewed by whoever has seen the one before. */
@OneAtATime
class ClientsTests {

    private final Product bridge = Product.undisturbed();
    private final Clients clients = bridge.bean(Clients.class);

    @Test
    void renewSecretWhenItIsStillTheOneThatWasSeenMakesAnother() {
        Clients.ClientWithSecret client = added();
        String mark = mark(client.client().clientId());

        Clients.ClientWithSecret renewed = clients.renewSecret(client.client().clientId(), false, mark);

        assertThat(renewed.secret()).isNotEqualTo(client.secret());
        assertThat(mark(client.client().clientId())).isNotEqualTo(mark);
        bridge.accessToken(client.client().clientId(), renewed.secret().value(), null);
    }

    @Test
    void renewSecretWhenItWasRenewedMeanwhileChangesNothing() {
        String id = added().client().clientId();
        String seen = mark(id);
        ClientSecret kept = clients.renewSecret(id, false, seen).secret();

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> clients.renewSecret(id, false, seen))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ProblemCode.CONFLICT));

        bridge.accessToken(id, kept.value(), null);
    }

    @Test
    void renewSecretWhenManyHaveSeenTheSameMakesOne() {
        String id = added().client().clientId();
        String seen = mark(id);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<ClientSecret>> all = IntStream.range(0, 6)
                    .mapToObj(each -> CompletableFuture.supplyAsync(
                            () -> clients.renewSecret(id, false, seen).secret(), threads))
                    .toList();
            all.forEach(one -> one.exceptionally(refused -> null).join());

            List<CompletableFuture<ClientSecret>> made =
                    all.stream().filter(one -> !one.isCompletedExceptionally()).toList();
            assertThat(made).hasSize(1);
            bridge.accessToken(id, made.getFirst().join().value(), null);
        }
    }

    @Test
    void clientAtTheMomentItsSecretIsKnownDoesNotPrintIt() {
        Clients.ClientWithSecret client = added();

        assertThat(client).asString().doesNotContain(client.secret().value());
    }

    private String mark(String clientId) {
        return bridge.bean(PresentClients.class).secretMark(clientId).orElseThrow();
    }

    private Clients.ClientWithSecret added() {
        return clients.add(new NewClient(Product.name("client"), List.of(Scope.APPS), List.of("*"), null));
    }
}
