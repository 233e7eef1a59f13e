package io.qlikbridge.signing;

import static io.qlikbridge.problem.ProblemCode.CONFLICT;
import static io.qlikbridge.problem.ProblemCode.CONNECTION_NOT_FOUND;
import static io.qlikbridge.problem.ProblemCode.SIGNING_KEY_EXISTS;
import static io.qlikbridge.problem.ProblemCode.SIGNING_KEY_MISSING;
import static io.qlikbridge.problem.ProblemCode.SIGNING_KEY_NOT_FOUND;
import static io.qlikbridge.problem.ProblemCode.TOO_BUSY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionChanged;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.vault.CannotOpen;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.Vault;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest
@ContextConfiguration(initializers = TestDatabase.class)
@RecordApplicationEvents
@ResourceLock("bridge without settings")
public class SigningKeysTests {

    private static final AtomicInteger connections = new AtomicInteger();
    private static final KeyPair RSA = KeyFiles.RSA;
    private static final KeyPair OTHER = KeyFiles.pair("RSA", 2048);

    @Autowired
    private SigningKeys keys;

    @Autowired
    private Connections connectionsKnown;

    @Autowired
    private KeyImport intake;

    @Autowired
    private SigningKeyStore store;

    @Autowired
    private JdbcClient database;

    private final ConnectionId connection = new ConnectionId("signing-keys-" + connections.incrementAndGet());

    @BeforeEach
    public void addConnection() {
        addConnection(connection, database);
    }

    public static void addConnection(ConnectionId id, JdbcClient database) {
        database.sql("""
                        insert into connection (id, version, type, host, issuer, api_key_expiry, subjects, subject_template,
                            created_at, updated_at)
                        values (?, 0, 'QLIK_CLOUD', 'https://tenant.eu.qlikcloud.com', 'issuer', 'P30D', 'DEFAULT',
                            '{username}', now(), now())
                        """).params(id.value()).update();
    }

    /** As {@link #addConnection(ConnectionId, JdbcClient)} has it in the database. */
    private Connection known(ConnectionId id) {
        return connectionsKnown.of(id);
    }

    @Test
    void signUsesTheActiveKeyAndNamesItInTheHeader() throws Exception {
        SigningKeyView view = upload(RSA, "key-1");

        Assertion assertion =
                keys.sign(known(connection), Map.of("sub", "hr|4711", "groups", List.of("a", "ü"), "exp", 1792000000L));

        String[] parts = assertion.value().split("\\.");
        assertThat(json(parts[0])).isEqualTo(jsonOf("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}"));
        assertThat(json(parts[1]))
                .isEqualTo(jsonOf("{\"sub\":\"hr|4711\",\"groups\":[\"a\",\"ü\"],\"exp\":1792000000}"));
        X509Certificate certificate =
                X509CertUtils.parse(store.of(connection, "key-1").certificate());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(certificate);
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(view.state()).isEqualTo("active");
    }

    @Test
    void signWhenDoneAgainNeitherOpensNorReadsTheKeyAgain(@Autowired Signers signers) {
        upload(RSA, "key-1");
        SigningKey key = store.of(connection, "key-1");
        Assertion first = signers.sign(key, Map.of());

        SigningKey shut = new SigningKey(
                key.id(),
                key.connection(),
                key.kid(),
                key.state(),
                key.bits(),
                key.thumbprint(),
                key.publicJwk(),
                key.certificate(),
                key.notAfter(),
                new Sealed("k1", new byte[12], new byte[16], 2),
                key.createdAt());

        assertThat(signers.sign(shut, Map.of())).isEqualTo(first);
    }

    @Test
    void signWhenAnotherKeyWasActivatedUsesThatOne() {
        upload(RSA, "key-1");
        upload(OTHER, "key-2");
        keys.sign(known(connection), Map.of());
        store.activate(connection, "key-2");

        Assertion assertion = keys.sign(known(connection), Map.of());

        assertThat(json(assertion.value().split("\\.")[0]).get("kid").asString())
                .isEqualTo("key-2");
        assertThat(keys.tested(connection).kid()).isEqualTo("key-2");
    }

    @Test
    void signWhenThereIsNoActiveKeySaysSo() {
        assertProblem(SIGNING_KEY_MISSING, () -> keys.sign(known(connection), Map.of()));
        assertProblem(SIGNING_KEY_MISSING, () -> keys.tested(connection));
        assertThat(keys.active(connection)).isEmpty();
    }

    @Test
    void testedWhenTheCertificateIsOfAnotherKeyRefuses() {
        upload(RSA, "key-1");
        upload(OTHER, "key-2");
        database.sql(
                        "update signing_key set certificate = (select certificate from signing_key where connection_id = :c"
                                + " and kid = 'key-2') where connection_id = :c and kid = 'key-1'")
                .param("c", connection.value())
                .update();

        assertThatExceptionOfType(UnusableSigningKey.class)
                .isThrownBy(() -> keys.tested(connection))
                .withMessageContaining("key-1 does not verify");
    }

    @Test
    void testedWhenTheSealDoesNotOpenRefuses() {
        upload(RSA, "key-1");
        database.sql("update signing_key set ciphertext = '\\x00' where connection_id = ?")
                .params(connection.value())
                .update();

        assertThatExceptionOfType(UnusableSigningKey.class)
                .isThrownBy(() -> keys.tested(connection))
                .withMessageContaining("key-1 does not open")
                .withCauseInstanceOf(CannotOpen.class);
    }

    @Test
    void testedWhenTheSealHoldsNoKeyRefuses(@Autowired Vault vault) {
        upload(RSA, "key-1");
        Sealed junk = vault.seal("junk", store.of(connection, "key-1").place());
        database.sql("update signing_key set nonce = ?, ciphertext = ? where connection_id = ?")
                .params(junk.nonce(), junk.ciphertext(), connection.value())
                .update();

        assertThatExceptionOfType(UnusableSigningKey.class)
                .isThrownBy(() -> keys.tested(connection))
                .withMessageContaining("key-1 is damaged");
    }

    @Test
    void testedWhenTheCertificateHasEndedLeavesThatToOthers() {
        upload(RSA, "key-1");
        database.sql("update signing_key set not_after = now() - interval '1 day' where connection_id = ?")
                .params(connection.value())
                .update();

        assertThat(keys.tested(connection).certificateNotAfter()).isBefore(Instant.now());
    }

    @Test
    void uploadMakesTheFirstKeyActiveAndStagesTheOthers() {
        assertThat(upload(RSA, "key-1").state()).isEqualTo("active");
        assertThat(upload(OTHER, "key-2").state()).isEqualTo("staged");
        assertThat(keys.active(connection)).map(SigningKeyView::kid).contains("key-1");
    }

    @Test
    void uploadWhenNoIdIsAskedForUsesTheThumbprint() throws Exception {
        SigningKeyView view = upload(RSA, null);

        String thumbprint = new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                .build()
                .computeThumbprint()
                .toString();
        assertThat(view.kid()).isEqualTo(thumbprint);
        assertThat(view.thumbprint()).isEqualTo(thumbprint);
        assertThat(view.bits()).isEqualTo(2048);
        assertThat(view.algorithm()).isEqualTo("RS256");
        assertProblem(SIGNING_KEY_EXISTS, () -> upload(RSA, null));
    }

    @Test
    void uploadWhenTheConnectionIsUnknownSaysSo() {
        assertProblem(
                CONNECTION_NOT_FOUND, () -> intake.upload(new ConnectionId("nowhere"), new byte[0], null, null, false));
        assertProblem(CONNECTION_NOT_FOUND, () -> intake.generate(new ConnectionId("nowhere"), 2048, null));
    }

    @Test
    void uploadWhenManyComeAtOnceMakesExactlyOneActive() throws Exception {
        List<Callable<Object>> uploads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String kid = "key-" + i;
            uploads.add(() -> upload(RSA, kid));
        }

        assertThat(atOnce(uploads)).isEmpty();
        assertThat(states()).hasSize(8).containsOnlyOnce("ACTIVE").contains("STAGED");
    }

    @Test
    void uploadWhenOneIdComesTwiceAtOnceTakesOne() throws Exception {
        List<Throwable> failures = atOnce(List.of(() -> upload(RSA, "same"), () -> upload(OTHER, "same")));

        assertThat(failures).hasSize(1);
        assertThat(((BridgeException) failures.getFirst()).code()).isEqualTo(SIGNING_KEY_EXISTS);
        assertThat(states()).containsExactly("ACTIVE");
    }

    @Test
    void generateMakesAKeyOfThatSize() {
        SigningKeyView view = intake.generate(connection, 3072, KeyId.asked("#/kid", "made"));

        assertThat(view.bits()).isEqualTo(3072);
        assertThat(keys.tested(connection)).isEqualTo(view);
    }

    @Test
    void activateRetiresTheOneBeforeAndBringsARetiredOneBack() {
        upload(RSA, "key-1");
        upload(OTHER, "key-2");

        assertThat(store.activate(connection, "key-2").state()).isEqualTo(KeyState.ACTIVE);
        assertThat(state("key-1")).isEqualTo(KeyState.RETIRED);
        store.activate(connection, "key-2");
        assertThat(state("key-2")).isEqualTo(KeyState.ACTIVE);
        store.activate(connection, "key-1");
        assertThat(state("key-1")).isEqualTo(KeyState.ACTIVE);
        assertThat(state("key-2")).isEqualTo(KeyState.RETIRED);
    }

    @Test
    void activateWhenManyComeAtOnceLeavesExactlyOneActive() throws Exception {
        List<Callable<Object>> activations = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String kid = "key-" + i;
            upload(RSA, kid);
            activations.add(() -> store.activate(connection, kid));
        }

        assertThat(atOnce(activations)).isEmpty();
        assertThat(states()).containsOnlyOnce("ACTIVE");
    }

    @Test
    void changeOfTheActiveKeyIsPublished(@Autowired ApplicationEvents events) {
        upload(RSA, "key-1");
        assertThat(changes(events)).isEqualTo(1);
        upload(OTHER, "key-2");
        store.activate(connection, "key-1");
        assertThat(changes(events)).isEqualTo(1);
        store.activate(connection, "key-2");
        assertThat(changes(events)).isEqualTo(2);
    }

    @Test
    void deleteRefusesTheActiveKeyAndTakesOthers() {
        upload(RSA, "key-1");
        upload(OTHER, "key-2");

        assertProblem(CONFLICT, () -> store.delete(connection, "key-1"));
        store.delete(connection, "key-2");

        assertThat(states()).containsExactly("ACTIVE");
        assertProblem(SIGNING_KEY_NOT_FOUND, () -> store.delete(connection, "key-2"));
        assertProblem(SIGNING_KEY_NOT_FOUND, () -> store.activate(connection, "key-2"));
        assertProblem(SIGNING_KEY_NOT_FOUND, () -> store.of(connection, "key-2"));
    }

    @Test
    void signWhenTheConnectionLeadsElsewhereByNowSignsNothing() {
        upload(RSA, "key-1");
        Connection before = known(connection);
        change("host = 'https://other.eu.qlikcloud.com'");

        assertProblem(CONFLICT, () -> keys.sign(before, Map.of()));
        assertProblem(CONFLICT, () -> keys.sign(before, "key-1", Map.of()));
        assertThat(keys.sign(known(connection), Map.of()).value()).isNotEmpty();
        assertProblem(CONFLICT, () -> keys.sign(known(connection).at(before.host()), Map.of()));
    }

    @Test
    void signWhenTheConnectionHasOtherSettingsByNowSignsNothing() {
        upload(RSA, "key-1");
        for (String change : List.of("issuer = 'another'", "web_integration_id = 'another'")) {
            Connection before = known(connection);
            change(change);

            assertProblem(TOO_BUSY, () -> keys.sign(before, Map.of()));
            assertProblem(TOO_BUSY, () -> keys.sign(before, "key-1", Map.of()));
            assertProblem(SIGNING_KEY_NOT_FOUND, () -> keys.sign(before, "key-2", Map.of()));
            assertThat(keys.sign(known(connection), Map.of()).value()).isNotEmpty();
        }
    }

    private void change(String what) {
        database.sql("update connection set " + what + " where id = ?")
                .params(connection.value())
                .update();
    }

    @Test
    void addWhenManyConnectionsGetTheSameKeyAtOnceGivesItToOne() throws Exception {
        byte[] key = KeyFiles.pkcs8Der(KeyFiles.pair("RSA", 2048));
        List<ConnectionId> some = IntStream.range(0, 6)
                .mapToObj(number -> new ConnectionId("signing-keys-same-" + number))
                .toList();
        some.forEach(one -> addConnection(one, database));
        List<Future<SigningKeyView>> uploads = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            some.forEach(one -> uploads.add(threads.submit(() -> intake.upload(one, key.clone(), null, null, false))));
        }

        assertThat(uploads.stream().filter(upload -> upload.state() == Future.State.SUCCESS))
                .hasSize(1);
        assertThat(uploads.stream()
                        .filter(upload -> upload.state() == Future.State.FAILED)
                        .map(Future::exceptionNow))
                .hasSize(5)
                .allSatisfy(refused -> assertThat(refused)
                        .isInstanceOf(BridgeException.class)
                        .hasMessageContaining("The connection signing-keys-same-"));
    }

    @Test
    void keysOfOneConnectionAreNotThoseOfAnother() {
        upload(RSA, "key-1");
        ConnectionId another = new ConnectionId("signing-keys-other");
        addConnection(another, database);

        assertProblem(SIGNING_KEY_MISSING, () -> keys.sign(known(another), Map.of()));
        assertProblem(SIGNING_KEY_NOT_FOUND, () -> store.of(another, "key-1"));
        assertThat(store.after(another, "", 10)).isEmpty();
    }

    @Test
    void rowHoldsNoPrivateNumberInAnyForm() {
        upload(RSA, "key-1");

        String row = database.sql("select s::text || ' ' || encode(ciphertext, 'base64') from signing_key s where"
                        + " connection_id = ?")
                .params(connection.value())
                .query(String.class)
                .single()
                .replace("\n", "");
        byte[] ciphertext = store.of(connection, "key-1").pkcs8().ciphertext();

        RSAPrivateCrtKey key = (RSAPrivateCrtKey) RSA.getPrivate();
        assertThat(row).contains(base64Url(key.getModulus()));
        for (BigInteger secret : List.of(
                key.getPrivateExponent(),
                key.getPrimeP(),
                key.getPrimeQ(),
                key.getPrimeExponentP(),
                key.getPrimeExponentQ(),
                key.getCrtCoefficient())) {
            assertThat(row)
                    .doesNotContain(base64Url(secret).substring(4, 40))
                    .doesNotContain(secret.toString(16).substring(4, 40))
                    .doesNotContain(secret.toString().substring(0, 40));
            assertThat(new String(ciphertext, ISO_8859_1))
                    .doesNotContain(new String(secret.toByteArray(), 1, 40, ISO_8859_1));
        }
    }

    @Test
    void signWhenTheSealedKeyWasMovedToAnotherRowRefuses() {
        upload(RSA, "key-1");
        upload(OTHER, "key-2");
        database.sql(
                        "update signing_key a set (nonce, ciphertext) = (select b.nonce, b.ciphertext from signing_key b"
                                + " where b.connection_id = :c and b.kid = 'key-2') where a.connection_id = :c and a.kid = 'key-1'")
                .param("c", connection.value())
                .update();

        assertThatExceptionOfType(CannotOpen.class).isThrownBy(() -> keys.sign(known(connection), Map.of()));
    }

    @Test
    void toStringShowsNoSecret() {
        upload(RSA, "key-1");

        assertThat(new Assertion("a.b.c")).hasToString("Assertion[]");
        assertThat(store.of(connection, "key-1").toString()).contains("Sealed[sealedWith=k1]");
    }

    private SigningKeyView upload(KeyPair pair, String kid) {
        return intake.upload(connection, KeyFiles.pkcs8Der(pair), null, KeyId.asked("kid", kid), true);
    }

    private long changes(ApplicationEvents events) {
        return events.stream(ConnectionChanged.class)
                .filter(change -> change.connection().equals(connection))
                .count();
    }

    private KeyState state(String kid) {
        return store.of(connection, kid).state();
    }

    private List<String> states() {
        return database.sql("select state from signing_key where connection_id = ?")
                .params(connection.value())
                .query(String.class)
                .list();
    }

    private static List<Throwable> atOnce(List<Callable<Object>> calls) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(calls.size());
        List<Throwable> failures = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            List<Future<Object>> outcomes = new ArrayList<>();
            for (Callable<Object> call : calls) {
                outcomes.add(threads.submit(() -> {
                    barrier.await();
                    return call.call();
                }));
            }
            for (Future<Object> outcome : outcomes) {
                try {
                    outcome.get();
                } catch (ExecutionException failed) {
                    failures.add(failed.getCause());
                }
            }
        }
        return failures;
    }

    private static void assertProblem(ProblemCode code, ThrowingCallable call) {
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(call)
                .extracting(BridgeException::code)
                .isEqualTo(code);
    }

    private static JsonNode json(String base64) {
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(base64));
    }

    private static JsonNode jsonOf(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private static String base64Url(BigInteger number) {
        return Base64URL.encode(number).toString();
    }
}
