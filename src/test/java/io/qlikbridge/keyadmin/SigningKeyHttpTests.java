package io.qlikbridge.keyadmin;

import static io.qlikbridge.signing.KeyFiles.RSA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.qlikbridge.TestDatabase;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.signing.KeyFiles;
import io.qlikbridge.signing.SigningKeysTests;
import jakarta.servlet.MultipartConfigElement;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockPart;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The endpoints of signing keys, without the security and the problem answers of the whole application. */
@SpringBootTest
@ContextConfiguration(initializers = TestDatabase.class)
@ResourceLock("bridge without settings")
class SigningKeyHttpTests {

    private static final AtomicInteger connections = new AtomicInteger();
    private static final String PEM_FILE = "application/x-pem-file";
    private static final String PEM = KeyFiles.pkcs8(RSA);

    /** Answers with the code instead of a problem. */
    @RestControllerAdvice
    static class Codes {

        @ExceptionHandler
        ResponseEntity<Map<String, String>> answer(BridgeException failure) {
            return ResponseEntity.status(499).body(Map.of("code", failure.code().slug(), "detail", failure.detail()));
        }
    }

    private final ConnectionId connection = new ConnectionId("signing-http-" + connections.incrementAndGet());
    private final String address = "/api/v1/connections/" + connection + "/signing-keys";
    private MockMvc http;

    @BeforeEach
    void setUp(@Autowired SigningKeyController controller, @Autowired JdbcClient database) {
        SigningKeysTests.addConnection(connection, database);
        // of the other tests, which have the same key
        database.sql("delete from signing_key").update();
        http = MockMvcBuilders.standaloneSetup(controller)
                .setControllerAdvice(new Codes())
                .build();
    }

    @Test
    void uploadAsMultipartTakesFileKidAndPassphrase() throws Exception {
        String encrypted = KeyFiles.encryptedPkcs8(RSA, KeyFiles.AES, "schlüssel", 2048);

        http.perform(multipart(address)
                        .part(new MockPart("file", "key.pem", encrypted.getBytes(UTF_8)))
                        .part(new MockPart("kid", "key.1_~-".getBytes(UTF_8)))
                        .part(new MockPart("passphrase", "schlüssel\n".getBytes(UTF_8))))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.length()").value(7))
                .andExpect(jsonPath("$.kid").value("key.1_~-"))
                .andExpect(jsonPath("$.algorithm").value("RS256"))
                .andExpect(jsonPath("$.bits").value(2048))
                .andExpect(jsonPath("$.thumbprint").isString())
                .andExpect(jsonPath("$.state").value("active"))
                .andExpect(jsonPath("$.certificateNotAfter").isString())
                .andExpect(jsonPath("$.createdAt").isString());
    }

    @Test
    void uploadAsMultipartWhenTheFileIsSentAsATextTakesIt() throws Exception {
        http.perform(multipart(address).part(new MockPart("file", PEM.getBytes(UTF_8))))
                .andExpect(status().isCreated());
    }

    @Test
    void uploadAsMultipartWhenTheFileIsMissingSaysSo() throws Exception {
        http.perform(multipart(address).part(new MockPart("key", "key.pem", PEM.getBytes(UTF_8))))
                .andExpect(jsonPath("$.code").value("invalid-request"))
                .andExpect(jsonPath("$.detail").value(containsString("file")));
    }

    @Test
    void uploadAsMultipartIsNeverWrittenToDisk(@Autowired MultipartConfigElement limits) {
        assertThat(limits.getMaxRequestSize()).isPositive();
        assertThat((long) limits.getFileSizeThreshold()).isGreaterThanOrEqualTo(limits.getMaxRequestSize());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PEM_FILE,
                "application/octet-stream",
                "text/plain",
                "text/plain;charset=UTF-8",
                "application/pkcs8",
                "application/x-pkcs8",
                "application/pem-certificate-chain",
                "application/x-www-form-urlencoded"
            })
    void uploadAsBodyTakesItUnderEachOfItsNames(String type) throws Exception {
        http.perform(post(address + "?kid=raw").contentType(type).content(PEM))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.kid").value("raw"));
    }

    @Test
    void uploadAsBodyTakesDer() throws Exception {
        http.perform(post(address).contentType(PEM_FILE).content(KeyFiles.pkcs1Der(RSA)))
                .andExpect(status().isCreated());
    }

    @Test
    void uploadAsDerTakesTheRegisteredTypes() throws Exception {
        http.perform(post(address).contentType("application/pkcs8").content(KeyFiles.pkcs8Der(RSA)))
                .andExpect(status().isCreated());
        http.perform(post(address)
                        .contentType("application/pkcs8-encrypted")
                        .content(KeyFiles.encryptedPkcs8(RSA, KeyFiles.AES, "secret", 2048)))
                .andExpect(jsonPath("$.detail").value(containsString("its passphrase is missing")));
        http.perform(post(address).contentType("application/pkcs12").content(new byte[] {0x30, 3, 2, 1, 3}))
                .andExpect(jsonPath("$.code").value("signing-key-unreadable"));
    }

    /** As {@code curl -d @key.pem} sends it: with a form's type, and without line breaks. */
    @Test
    void uploadAsFormWhenItIsAKeyTakesIt() throws Exception {
        http.perform(post(URI.create(address + "?kid=by%2Dcurl"))
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content(PEM.replace("\n", "")))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.kid").value("by-curl"));
    }

    @Test
    void uploadAsFormWhenItIsNoKeySaysWhichTypeToSend() throws Exception {
        http.perform(post(address)
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content("kid=x&bits=4096"))
                .andExpect(jsonPath("$.code").value("unsupported-media-type"))
                .andExpect(jsonPath("$.detail").value(containsString(PEM_FILE)));
    }

    @Test
    void uploadWhenTheBodyIsTooLargeRefuses() throws Exception {
        http.perform(post(address).contentType(PEM_FILE).content(new byte[64 * 1024 + 1]))
                .andExpect(jsonPath("$.code").value("content-too-large"));
        http.perform(multipart(address).part(new MockPart("file", "key.pem", new byte[64 * 1024 + 1])))
                .andExpect(jsonPath("$.code").value("content-too-large"));
        http.perform(post(address).contentType(PEM_FILE).content(new byte[64 * 1024]))
                .andExpect(jsonPath("$.code").value("signing-key-unreadable"));
    }

    @Test
    void uploadWhenTheBodyIsEmptySaysSo() throws Exception {
        http.perform(post(address).contentType(PEM_FILE))
                .andExpect(jsonPath("$.code").value("signing-key-unreadable"))
                .andExpect(jsonPath("$.detail").value(containsString("is empty")));
    }

    @Test
    void uploadWhenEncryptedAndSentAsBodyPointsToMultipart() throws Exception {
        String encrypted = KeyFiles.encryptedPkcs8(RSA, KeyFiles.AES, "secret", 2048);

        http.perform(post(address).contentType(PEM_FILE).content(encrypted))
                .andExpect(jsonPath("$.code").value("signing-key-unreadable"))
                .andExpect(jsonPath("$.detail").value(containsString("multipart/form-data")));
    }

    @Test
    void uploadWhenThePassphraseStandsInTheAddressRefuses() throws Exception {
        http.perform(post(address + "?kid=a&passphrase=hush")
                        .contentType(PEM_FILE)
                        .content(PEM))
                .andExpect(jsonPath("$.code").value("invalid-request"))
                .andExpect(content().string(not(containsString("hush"))));
    }

    @Test
    void uploadWhenAnotherConnectionHasTheKeySaysWhichAndTakesItIfAskedTo(@Autowired JdbcClient database)
            throws Exception {
        upload("key-1");
        ConnectionId other = new ConnectionId("signing-http-" + connections.incrementAndGet());
        SigningKeysTests.addConnection(other, database);
        String there = "/api/v1/connections/" + other + "/signing-keys";
        String encrypted = KeyFiles.encryptedPkcs8(RSA, KeyFiles.AES, "hush", 2048);

        http.perform(post(there).contentType(PEM_FILE).content(PEM))
                .andExpect(jsonPath("$.code").value("conflict"))
                .andExpect(
                        jsonPath("$.detail").value(containsString("The connection " + connection + " has this key")));
        http.perform(post(there).contentType(MediaType.APPLICATION_OCTET_STREAM).content(KeyFiles.pkcs8Der(RSA)))
                .andExpect(jsonPath("$.code").value("conflict"));
        http.perform(multipart(there)
                        .part(new MockPart("file", "key.pem", encrypted.getBytes(UTF_8)))
                        .part(new MockPart("passphrase", "hush".getBytes(UTF_8))))
                .andExpect(jsonPath("$.code").value("conflict"));

        http.perform(post(there + "?shared=true").contentType(PEM_FILE).content(PEM))
                .andExpect(status().isCreated());
    }

    @Test
    void uploadWhenTheIdIsTakenSaysSo() throws Exception {
        upload("key-1");

        http.perform(post(address + "?kid=key-1").contentType(PEM_FILE).content(PEM))
                .andExpect(jsonPath("$.code").value("signing-key-exists"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a b", "a/b", "ü", "a\n", "%"})
    void uploadWhenTheIdIsNotSafeInAPathRefuses(String kid) throws Exception {
        http.perform(post(address).queryParam("kid", kid).contentType(PEM_FILE).content(PEM))
                .andExpect(jsonPath("$.code").value("invalid-request"));
        http.perform(json("{\"generate\": {\"bits\": 2048}, \"kid\": \"" + "a".repeat(129) + "\"}"))
                .andExpect(jsonPath("$.code").value("invalid-request"))
                .andExpect(jsonPath("$.detail").value(containsString("#/kid")));
    }

    @Test
    void uploadNeverEchoesTheUpload() throws Exception {
        http.perform(post(address).contentType(PEM_FILE).content("tell-nobody " + PEM.substring(0, 900)))
                .andExpect(jsonPath("$.code").value("signing-key-unreadable"))
                .andExpect(content().string(not(containsString("tell-nobody"))))
                .andExpect(content().string(not(containsString(PEM.substring(40, 60)))));
    }

    @Test
    void generateMakesAKey() throws Exception {
        http.perform(json("{\"generate\": {\"bits\": 2048}, \"kid\": \"made\"}"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.kid").value("made"))
                .andExpect(jsonPath("$.bits").value(2048));
    }

    @Test
    void generateWhenNoSizeIsSaidMakes4096Bits() throws Exception {
        http.perform(json("{\"generate\": {}}"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.bits").value(4096));
    }

    @Test
    void generateWhenTheSizeIsNotOfferedRefuses() throws Exception {
        http.perform(json("{\"generate\": {\"bits\": 1024}}"))
                .andExpect(jsonPath("$.code").value("invalid-request"))
                .andExpect(jsonPath("$.detail").value(containsString("#/generate/bits")));
        http.perform(json("{\"kid\": \"made\"}")).andExpect(jsonPath("$.detail").value(containsString("#/generate")));
    }

    @Test
    void listShowsAllKeysAPageAtATime() throws Exception {
        upload("key-1");
        upload("key-2");
        upload("key-3");

        http.perform(get(address))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[*].kid").value(contains("key-1", "key-2", "key-3")))
                .andExpect(jsonPath("$.next").value(nullValue()));
        String first = http.perform(get(address + "?limit=2"))
                .andExpect(jsonPath("$.items", hasSize(2)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        http.perform(get(address).param("after", JsonPath.<String>read(first, "$.next")))
                .andExpect(jsonPath("$.items[*].kid").value("key-3"));
    }

    @Test
    void certificateIsServedAsPem() throws Exception {
        upload("key-1");

        String pem = http.perform(get(address + "/key-1/certificate"))
                .andExpect(status().isOk())
                .andExpect(content().contentType(PEM_FILE))
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(pem).startsWith("-----BEGIN CERTIFICATE-----\n").endsWith("-----END CERTIFICATE-----\n");
    }

    @Test
    void activateAndDeleteChangeTheStates() throws Exception {
        upload("key-1");
        upload("key-2");

        http.perform(delete(address + "/key-1")).andExpect(jsonPath("$.code").value("conflict"));
        http.perform(post(address + "/key-2/activate"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(8))
                .andExpect(jsonPath("$.kid").value("key-2"))
                .andExpect(jsonPath("$.warnings", hasSize(1)))
                .andExpect(jsonPath("$.state").value("active"));
        http.perform(get(address))
                .andExpect(jsonPath("$.items[0].state").value("retired"))
                .andExpect(jsonPath("$.items[1].state").value("active"));
        http.perform(delete(address + "/key-1"))
                .andExpect(status().isNoContent())
                .andExpect(content().string(""));
    }

    @Test
    void allWhenTheKeyOrTheConnectionIsUnknownSayWhich() throws Exception {
        for (String base : new String[] {address, "/api/v1/connections/nowhere/signing-keys"}) {
            String code = base.equals(address) ? "signing-key-not-found" : "connection-not-found";
            http.perform(get(base + "/none/certificate"))
                    .andExpect(jsonPath("$.code").value(code));
            http.perform(post(base + "/none/activate"))
                    .andExpect(jsonPath("$.code").value(code));
            http.perform(delete(base + "/none")).andExpect(jsonPath("$.code").value(code));
        }
        String nowhere = "/api/v1/connections/nowhere/signing-keys";
        http.perform(get(nowhere)).andExpect(jsonPath("$.code").value("connection-not-found"));
        http.perform(post(nowhere).contentType(PEM_FILE).content(PEM))
                .andExpect(jsonPath("$.code").value("connection-not-found"));
    }

    private void upload(String kid) throws Exception {
        http.perform(post(address + "?kid=" + kid).contentType(PEM_FILE).content(PEM))
                .andExpect(status().isCreated());
    }

    private MockHttpServletRequestBuilder json(String body) {
        return post(address).contentType(MediaType.APPLICATION_JSON).content(body);
    }
}
