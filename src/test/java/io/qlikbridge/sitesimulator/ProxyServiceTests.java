package io.qlikbridge.sitesimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.sitesimulator.SiteClient.Reply;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyServiceTests {

    private static final String ADA = "LAB\\ada";
    private static final TokenSigner SIGNER = TokenSigner.named("ours");

    private static SimulatedSite site;
    private SiteClient client;

    @BeforeAll
    static void start() {
        site = SimulatedSite.start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void reset() {
        site.reset();
        site.virtualProxy("bridge").certificate(SIGNER.certificate());
        client = SiteClient.of(site);
        signIn(ADA);
        signIn("LAB\\bob");
    }

    @Test
    void sessionsAreListedByVirtualProxy() {
        Reply all = call("GET", "/qps/bridge/session");

        assertThat(all.json().valueStream().map(one -> one.path("UserId").asString()))
                .containsExactly("ada", "bob");
        assertThat(call("GET", "/qps/session").json().size()).isZero();
    }

    @Test
    void oneSessionIsShownAndEnded() {
        String id = call("GET", "/qps/bridge/session")
                .json()
                .get(0)
                .path("SessionId")
                .asString();

        assertThat(call("GET", "/qps/bridge/session/" + id)
                        .json()
                        .path("UserDirectory")
                        .asString())
                .isEqualTo("LAB");
        assertThat(call("DELETE", "/qps/bridge/session/" + id).status()).isEqualTo(200);
        assertThat(call("DELETE", "/qps/bridge/session/" + id).status()).isEqualTo(404);
        assertThat(site.sessions(ADA)).isZero();
        assertThat(site.sessions("LAB\\bob")).isEqualTo(1);
    }

    @Test
    void userIsLoggedOutOfAVirtualProxy() {
        signIn(ADA);
        assertThat(call("GET", "/qps/bridge/user/LAB/ada").json().size()).isEqualTo(2);

        assertThat(call("DELETE", "/qps/bridge/user/LAB/ada").status()).isEqualTo(200);

        assertThat(site.sessions(ADA)).isZero();
        assertThat(site.sessions("LAB\\bob")).isEqualTo(1);
    }

    @Test
    void callNeedsThePairOfKeysAndTheCertificate() {
        assertThat(client.get(SiteClient.proxyService(site, "/qps/alive")).status())
                .isEqualTo(403);
        assertThat(call("GET", "/qps/alive").status()).isEqualTo(200);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> SiteClient.withoutCertificate(site)
                        .get(SiteClient.proxyService(site, "/qps/alive"), "X-Qlik-Xrfkey", SiteClient.KEY));
    }

    private Reply call(String method, String path) {
        return client.send(method, SiteClient.proxyService(site, path), "X-Qlik-Xrfkey", SiteClient.KEY);
    }

    private void signIn(String user) {
        client.get(
                site.host() + "/bridge/qps/csrftoken", "Authorization", "Bearer " + SIGNER.token(user, Instant.now()));
    }
}
