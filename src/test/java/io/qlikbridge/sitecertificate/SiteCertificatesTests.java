package io.qlikbridge.sitecertificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qlikbridge.Product;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.expiry.CertificateAlarm;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.sitefile.SiteFiles;
import io.qlikbridge.sitefile.SiteFixture;
import io.qlikbridge.sitefile.SiteIdentity;
import io.qlikbridge.sitefile.SiteUpload;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.SealedRowsStore;
import io.qlikbridge.vault.SealedTable;
import io.qlikbridge.vault.Vault;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SiteCertificatesTests {

    private static final SiteFixture SITE = SiteFixture.site();
    private static final Instant SOON = SiteFixture.END.minus(Duration.ofDays(59));

    private static Product bridge;
    private static SiteCertificates certificates;
    private static SiteCertificateTermStore terms;
    private static JdbcClient database;

    private final ConnectionId connection = connection();

    @BeforeAll
    static void start() {
        bridge = Product.shared();
        certificates = bridge.bean(SiteCertificates.class);
        terms = bridge.bean(SiteCertificateTermStore.class);
        database = bridge.bean(JdbcClient.class);
    }

    @Test
    void keyManagerPresentsTheClientWhateverIssuersAreNamed() {
        certificates.put(connection, identity());
        SiteCertificateSet set = certificates.of(connection).orElseThrow();
        X509ExtendedKeyManager keys = (X509ExtendedKeyManager) set.keyManagers()[0];
        Principal[] others = {new X500Principal("CN=another")};

        String alias = keys.chooseClientAlias(new String[] {"EC", "RSA"}, others, null);
        assertThat(keys.chooseEngineClientAlias(new String[] {"RSA"}, null, null))
                .isEqualTo(alias);
        assertThat(keys.getCertificateChain(alias)).containsExactly(client());
        assertThat(keys.getPrivateKey(alias)).isEqualTo(SITE.clientKey().getPrivate());
        assertThat(keys.chooseClientAlias(new String[] {"EC"}, null, null)).isNull();
        assertThat(keys.chooseServerAlias("RSA", null, null)).isNull();
        assertThat(set.keyManagers()[0]).isSameAs(keys);
        assertThat(set.root()).isEqualTo(SITE.root());
        assertThat(keys.toString() + set).doesNotContain("PRIVATE", "modulus");
    }

    @Test
    void rootAloneHasNoKeyManagers() {
        certificates.put(connection, new SiteIdentity(null, SITE.root()));
        SiteCertificateSet set = certificates.of(connection).orElseThrow();
        assertThat(set.hasClient()).isFalse();
        assertThat(set.keyManagers()).isEmpty();
        assertThat(set.view().client()).isNull();
    }

    @Test
    void putAndDeleteAreNoticedAtOnce() {
        assertThat(certificates.of(connection)).isEmpty();
        certificates.put(connection, identity());
        UUID first = certificates.of(connection).orElseThrow().id();
        certificates.put(connection, identity());
        assertThat(certificates.of(connection).orElseThrow().id()).isNotEqualTo(first);
        assertThat(certificates.delete(connection)).isTrue();
        assertThat(certificates.of(connection)).isEmpty();
        assertThat(certificates.delete(connection)).isFalse();
    }

    @Test
    void changeThatAnotherReplicaMakesIsHeardOf() {
        certificates.put(connection, identity());
        assertThat(certificates.of(connection)).isPresent();
        database.sql("delete from site_certificate where connection_id = ?")
                .param(connection.value())
                .update();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> certificates.of(connection).isEmpty());
    }

    @Test
    void connectionThatIsDeletedTakesThemAlong() {
        certificates.put(connection, identity());
        bridge.delete("/api/v1/connections/" + connection).expect(204);
        assertThat(count()).isZero();
        assertThatThrownBy(() -> certificates.put(connection, identity())).isInstanceOf(BridgeException.class);
        assertThat(count()).isZero();
    }

    @Test
    void keyThatWasMovedToAnotherConnectionDoesNotOpen() {
        ConnectionId other = connection();
        certificates.put(connection, identity());
        certificates.put(other, identity());
        database.sql("""
                        update site_certificate a set (nonce, ciphertext) =
                            (select b.nonce, b.ciphertext from site_certificate b where b.connection_id = ?)
                        where a.connection_id = ?
                        """).params(other.value(), connection.value()).update();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(
                                () -> certificates.of(connection).orElseThrow().keyManagers())
                        .isInstanceOfSatisfying(UnusableSiteKey.class, refused -> {
                            assertThat(refused.detail()).contains("does not open");
                            assertThat(refused.remedy())
                                    .contains("/api/v1/connections/" + connection + "/certificates");
                        }));
        // others seal anew all that there is
        certificates.delete(connection);
    }

    @Test
    void vaultOpensTheKeyByTheColumnsOfItsTable() {
        certificates.put(connection, identity());
        SealedTable table = bridge.bean(SealedRowsStore.class).tables().stream()
                .filter(one -> one.table().equals("site_certificate"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> row = database.sql("select * from site_certificate where connection_id = ?")
                .param(connection.value())
                .query()
                .singleRow();
        Place place = table.place(
                row.get(table.idColumn()),
                table.boundColumns().stream().map(row::get).toArray());
        Sealed sealed = new Sealed(
                (String) row.get("sealed_with"), (byte[]) row.get("nonce"), (byte[]) row.get("ciphertext"), (Integer)
                        row.get("seal_form"));
        assertThat(bridge.bean(Vault.class).open(sealed, place))
                .isEqualTo(SITE.clientKey().getPrivate().getEncoded());
    }

    @Test
    void alarmIsRaisedOnceForEachCertificateOfAnUpload() {
        certificates.put(connection, identity());
        List<SiteCertificateTerm> own = own();
        assertThat(own)
                .extracting(SiteCertificateTerm::labels)
                .containsExactly(
                        Map.of("connection", connection.value(), "certificate", "client"),
                        Map.of("connection", connection.value(), "certificate", "root"));
        for (SiteCertificateTerm term : own) {
            assertThat(terms.raise(term, CertificateAlarm.SOON, SOON)).isTrue();
            assertThat(terms.raise(term, CertificateAlarm.SOON, SOON)).isFalse();
            assertThat(terms.raise(term, CertificateAlarm.ENDED, SOON)).isTrue();
            assertThat(terms.raise(term, CertificateAlarm.NEAR, SOON)).isFalse();
        }
        assertThat(bridge.get("/api/v1/audit?action=certificates.ending&connection=" + connection)
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(4);

        certificates.put(connection, identity());
        assertThat(terms.raise(own.getFirst(), CertificateAlarm.ENDED, SOON)).isFalse();
        assertThat(terms.raise(own().getFirst(), CertificateAlarm.SOON, SOON)).isTrue();
    }

    @Test
    void warningSaysWhatEndsWhenAndWhatToDo() {
        certificates.put(connection, identity());
        assertThat(certificates.warnings(connection)).isEmpty();
        SiteCertificateTerm client = own().getFirst();
        assertThat(client.warning(SOON))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .startsWith("The client certificate of the connection " + connection
                                + " ends in 59 days, on 2049-12-31. Plan its renewal: ")
                        .endsWith("PUT /api/v1/connections/" + connection + "/certificates."));
        assertThat(client.warning(SiteFixture.END.plusSeconds(1)))
                .hasValueSatisfying(warning ->
                        assertThat(warning).contains("ended on 2049-12-31. Since then the site refuses every call."));
        assertThat(own().getLast().warning(SiteFixture.END.minusSeconds(5)))
                .hasValueSatisfying(warning ->
                        assertThat(warning).contains("root certificate", "ends in less than a day", "at once, or"));
    }

    private List<SiteCertificateTerm> own() {
        return terms.terms().stream()
                .filter(term -> term.connection().equals(connection))
                .toList();
    }

    private long count() {
        return database.sql("select count(*) from site_certificate where connection_id = ?")
                .param(connection.value())
                .query(Long.class)
                .single();
    }

    private static X509Certificate client() {
        return Objects.requireNonNull(identity().client()).certificate();
    }

    /** The same one each time. */
    private static SiteIdentity identity() {
        return Once.IDENTITY;
    }

    private static final class Once {

        private static final SiteIdentity IDENTITY = SiteFiles.read(
                new SiteUpload(
                        null,
                        SiteFixture.pem(SITE.client()),
                        SiteFixture.pkcs8(SITE.clientKey()),
                        SiteFixture.der(SITE.root()),
                        null),
                Instant.parse("2027-01-01T00:00:00Z"));
    }

    private static ConnectionId connection() {
        String name = Product.name("certified");
        Product.shared()
                .put(
                        "/api/v1/connections/" + name,
                        Map.of(
                                "type",
                                "qlik-cloud",
                                "host",
                                "https://tenant.eu.qlikcloud.com",
                                "issuer",
                                Product.ISSUER,
                                "apiKeyExpiry",
                                "PT24H"))
                .expect(201);
        return new ConnectionId(name);
    }
}
