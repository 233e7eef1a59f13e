package io.qlikbridge.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A reverse proxy that checks the bridge's access tokens itself and puts in the credential of the user who is asked for: the
 * bridge's guard as far as a proxy has one. It takes the signature and the end of the token into account, and rewrites
 * nothing.
 */
final class Haproxy {

    static final String NAME = "haproxy";

    private static final String CONFIGURATION = """
            global
                nbthread %d
                maxconn 4096
            defaults
                mode http
                timeout connect 5s
                timeout client 60s
                timeout server 60s
            frontend callers
                bind 127.0.0.1:%d
                http-request set-var(txn.token) http_auth_bearer
                http-request set-var(txn.end) var(txn.token),jwt_payload_query('$.exp','int')
                http-request set-var(txn.now) date()
                http-request set-var(txn.key) req.hdr(X-Bridge-User),map_str(%s)
                http-request deny deny_status 401 unless { var(txn.token),jwt_header_query('$.alg') -m str RS256 }
                http-request deny deny_status 401 unless { var(txn.token),jwt_verify(RS256,"%s") 1 }
                http-request deny deny_status 401 unless { var(txn.end),sub(txn.now) -m int gt 0 }
                http-request deny deny_status 403 unless { var(txn.key) -m found }
                http-request set-header Authorization "Bearer %%[var(txn.key)]"
                default_backend tenant
            backend tenant
                http-reuse always
                server tenant 127.0.0.1:%d
            """;

    private Haproxy() {}

    /**
     * With keys for the users {@code u0} to before {@code u<users>}; nothing where HAProxy is not installed.
     *
     * @param bridge whose access tokens it takes
     */
    static Optional<Proxy> start(UpstreamProcess upstream, Bridge bridge, int users, Processors processors)
            throws IOException, InterruptedException {
        Optional<Path> installed = Proxy.installed(NAME);
        if (installed.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Proxy.folder(NAME);
        int port = Machine.freePort();
        Path key = Files.writeString(folder.resolve("key.pem"), publicKey(bridge));
        Path map = Files.writeString(folder.resolve("users.map"), keys(users));
        Path configuration = Files.writeString(
                folder.resolve("haproxy.cfg"),
                CONFIGURATION.formatted(processors.count(), port, map, key, upstream.port()));
        List<String> command = List.of(installed.get().toString(), "-db", "-f", configuration.toString());
        Proxy proxy = Proxy.start(NAME, processors, port, command);
        requireGuard(proxy, bridge.clientToken());
        return Optional.of(proxy);
    }

    /** One that lets everything through is nothing to compare with. */
    private static void requireGuard(Proxy proxy, String token) {
        String items = "http://127.0.0.1:" + proxy.port() + Reads.ITEMS;
        Http.get(items, token).require(403);
        Http.get(items, token.substring(0, token.length() - 8)).require(401);
    }

    private static String publicKey(Bridge bridge) {
        String set = Http.get(bridge.url() + "/oauth2/jwks", null).require(200).body();
        try {
            byte[] key = JWKSet.parse(set)
                    .getKeys()
                    .getFirst()
                    .toRSAKey()
                    .toRSAPublicKey()
                    .getEncoded();
            String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(key);
            return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
        } catch (ParseException | JOSEException unusable) {
            throw new IllegalStateException("No RSA key in " + set, unusable);
        }
    }

    private static String keys(int users) {
        return IntStream.range(0, users)
                .mapToObj(user -> "u" + user + " " + "k%05d".formatted(user).repeat(100))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
