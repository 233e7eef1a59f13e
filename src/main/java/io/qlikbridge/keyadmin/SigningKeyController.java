package io.qlikbridge.keyadmin;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.keyfile.KeyUpload;
import io.qlikbridge.keyfile.PemText;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.ReceivedText;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
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

    private static final String PEM_FILE = "application/x-pem-file";

    private final ManagedSigningKeys keys;

    SigningKeyController(ManagedSigningKeys keys) {
        this.keys = keys;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    SigningKeyView upload(
            @PathVariable ConnectionId connection,
            @RequestParam(required = false) @Nullable String kid,
            @RequestParam(defaultValue = "false") boolean shared,
            HttpServletRequest request)
            throws IOException, ServletException {
        return keys.upload(connection, KeyUpload.file(request), KeyUpload.passphrase(request), kid, shared);
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
        return keys.upload(connection, KeyUpload.body(request), null, kid, shared);
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
        return keys.upload(
                connection,
                body,
                null,
                KeyUpload.inAddress(request, "kid"),
                Boolean.parseBoolean(KeyUpload.inAddress(request, "shared")));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    SigningKeyView generate(@PathVariable ConnectionId connection, @RequestBody GenerateKey wish) {
        return keys.generate(connection, wish.bits(), wish.kid());
    }

    @GetMapping
    Page<SigningKeyView> list(@PathVariable ConnectionId connection, PageQuery query) {
        return keys.page(connection, query);
    }

    @GetMapping("/{kid}/certificate")
    ResponseEntity<byte[]> certificate(@PathVariable ConnectionId connection, @PathVariable String kid) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(PEM_FILE))
                .body(keys.certificate(connection, kid).getBytes(StandardCharsets.US_ASCII));
    }

    @PostMapping("/{kid}/activate")
    ActivatedKey activate(@PathVariable ConnectionId connection, @PathVariable String kid) {
        return keys.activate(connection, kid);
    }

    @DeleteMapping("/{kid}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable ConnectionId connection, @PathVariable String kid) {
        keys.delete(connection, kid);
    }
}
