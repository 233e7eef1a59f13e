package io.qlikbridge.tokenexchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.Product;
import io.qlikbridge.simulator.SimulatedTenant;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.client.ClientAuthorizationException;

/** Spring Security's own client gets users' tokens, by the class that the guide for jobs shows. */
class SpringClientTests {

    private static final Product bridge = Product.shared();
    private static final Exchanges exchange = new Exchanges(bridge);

    private static SimulatedTenant tenant;
    private static String connection;
    private static URLClassLoader classes;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        tenant = SimulatedTenant.start();
        connection = bridge.connectTo(tenant);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        Path.of("docs", "examples", "QlikTokens.java").toString());
        assertThat(status).isZero();
        classes = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, Thread.currentThread().getContextClassLoader());
        classes.loadClass("QlikTokens");
    }

    @AfterAll
    static void stop() throws Exception {
        tenant.close();
        classes.close();
    }

    @Test
    void tokenIsTheUsersAndKeptWhileItIsGood() {
        String ada = bridge.user(connection, "spring|ada");
        UnaryOperator<String> tokens = tokens(exchange.client(ada));

        String first = tokens.apply(ada);

        assertThat(first)
                .isEqualTo(bridge.token(connection, ada)
                        .expect(200)
                        .json()
                        .path("token")
                        .asString());
        assertThat(tokens.apply(ada)).isEqualTo(first);
        assertThat(bridge.get("/api/v1/audit?action=token.hand-out&user=" + ada)
                        .json()
                        .path("items"))
                .hasSize(2);
    }

    @Test
    void tokenWhenTheClientMayNotActForTheUserIsAnErrorWithWhatTheBridgeSaid() {
        String other = bridge.user(connection, "spring|other");
        UnaryOperator<String> tokens = tokens(exchange.client("somebody"));

        assertThatExceptionOfType(ClientAuthorizationException.class)
                .isThrownBy(() -> tokens.apply(other))
                .satisfies(refused -> {
                    assertThat(refused.getError().getErrorCode()).isEqualTo("unauthorized_client");
                    assertThat(refused.getError().getDescription()).contains("may not act for user " + other);
                });
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<String> tokens(Exchanges.Client client) {
        try {
            return (UnaryOperator<String>) classes.loadClass("QlikTokens")
                    .getConstructor(String.class, String.class, String.class, String.class)
                    .newInstance(bridge.url(), client.id(), client.secret(), connection);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
