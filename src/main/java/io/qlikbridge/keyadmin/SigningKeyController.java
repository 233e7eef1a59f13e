package io.qlikbridge.keyadmin;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.keyfile.KeyUpload;
import io.qlikbridge.keyfile.PemText;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.ReceivedText;
import io.qlikbridge.signing.KeyId;
import io.qlikbridge.signing.KeyImport;
import io.qlikbridge.signing.SigningKey;
import io.qlikbridge.signing.SigningKeyStore;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The administration of a connection's signing keys. */
@RestController
@RequestMapping("/api/v1/connections/{connection}/signing-keys")
class SigningKeyController {

    private static final Logger log = LoggerFactory.getLogger(SigningKeyController.class);
    private static final String PEM_FILE = "application/x-pem-file";

    private final Connections connections;
    private final KeyImport intake;
    private final SigningKeyStore store;
    private final ActivationWarnings doubts;

    SigningKeyController(Connections connections, KeyImport intake, SigningKeyStore store, ActivationWarnings doubts) {
        this.connections = connections;
        this.intake = intake;
        this.store = store;
        this.doubts = doubts;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    SigningKeyView upload(
            @PathVariable ConnectionId connection,
            @RequestParam(required = false) @Nullable String kid,
            @RequestParam(defaultValue = "false") boolean shared,
            HttpServletRequest request)
            throws IOException, ServletException {
        return take(connection, kid, shared, KeyUpload.file(request), KeyUpload.passphrase(request));
    }

    /** The key as the whole body; an encrypted one needs the multipart form, which has room for a passphrase. */
    @PostMapping(
            consumes = {
                PEM_FILE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE,
                MediaType.TEXT_PLAIN_VALUE,
                // registered by RFC 5958, RFC 8351, RFC 7517 and RFC 8555, and what tools have for them; of PKCS#12 the
                // answer says how to take the key out
                "application/pkcs8",
                "application/pkcs8-encrypted",
                "application/x-pkcs8",
                "application/jwk+json",
                "application/pkcs12",
                "application/x-pkcs12",
                "application/pem-certificate-chain"
            })
    @ResponseStatus(HttpStatus.CREATED)
    SigningKeyView uploadBody(
            @PathVariable ConnectionId connection,
            @RequestParam(required = false) @Nullable String kid,
            @RequestParam(defaultValue = "false") boolean shared,
            HttpServletRequest request)
            throws IOException {
        return take(connection, kid, shared, KeyUpload.body(request), null);
    }

    /** What curl says of every body unless told otherwise: the key is taken, an HTML form is not. */
    @PostMapping(consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    SigningKeyView uploadAsForm(@PathVariable ConnectionId connection, HttpServletRequest request) throws IOException {
        byte[] body = KeyUpload.body(request);
        if (!PemText.begins(ReceivedText.decode(body))) {
            throw new BridgeException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "Send the key with the header Content-Type: " + PEM_FILE
                            + " (curl --header ... --data-binary @key.pem), or as multipart/form-data (curl --form file=@key.pem).");
        }
        return take(
                connection,
                KeyUpload.inAddress(request, "kid"),
                Boolean.parseBoolean(KeyUpload.inAddress(request, "shared")),
                body,
                null);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    SigningKeyView generate(@PathVariable ConnectionId connection, @RequestBody GenerateKey wish) {
        return intake.generate(connection, wish.bits(), KeyId.asked("#/kid", wish.kid()));
    }

    @GetMapping
    Page<SigningKeyView> list(@PathVariable ConnectionId connection, PageQuery query) {
        connections.of(connection);
        return query.page(store.after(connection, query.key(), query.size() + 1), SigningKey::kid)
                .map(SigningKey::view);
    }

    @GetMapping("/{kid}/certificate")
    ResponseEntity<byte[]> certificate(@PathVariable ConnectionId connection, @PathVariable String kid) {
        connections.of(connection);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(PEM_FILE))
                .body(store.of(connection, kid).certificate().getBytes(StandardCharsets.US_ASCII));
    }

    @PostMapping("/{kid}/activate")
    ActivatedKey activate(@PathVariable ConnectionId connection, @PathVariable String kid) {
        Connection known = connections.of(connection);
        List<String> warnings = doubts.of(known, store.of(connection, kid));
        SigningKey active = store.activate(connection, kid);
        log.info("Signing key {} of connection {} activated", active.kid(), connection);
        warnings.forEach(log::warn);
        return new ActivatedKey(active.view(), warnings);
    }

    @DeleteMapping("/{kid}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable ConnectionId connection, @PathVariable String kid) {
        connections.of(connection);
        SigningKey deleted = store.delete(connection, kid);
        log.info("Signing key {} of connection {} deleted", deleted.kid(), connection);
    }

    private SigningKeyView take(
            ConnectionId connection,
            @Nullable String kid,
            boolean shared,
            byte[] upload,
            char @Nullable [] passphrase) {
        try {
            return intake.upload(connection, upload, passphrase, KeyId.asked("kid", kid), shared);
        } finally {
            Arrays.fill(upload, (byte) 0);
            if (passphrase != null) {
                Arrays.fill(passphrase, '\0');
            }
        }
    }
}
