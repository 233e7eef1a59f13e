package io.qlikbridge.cloudcall;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.upstream.Dialect;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantCall.Purpose;
import java.net.URI;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriComponentsBuilder;

/** Makes calls to Qlik Cloud. */
public final class CloudCall {

    /** The step that asks whether the tenant is there. */
    public static final String KNOCK = "reachable";

    /** The step that exchanges an assertion for a session. */
    public static final String LOGIN = "jwt-session";

    /** The step that has an OAuth client given an access token. */
    public static final String TOKEN = "oauth-token";

    /** What the names of steps begin with at which an administrator's credential is shown, in place of a user's. */
    public static final String SETUP = "setup-";

    /** The step that has an access token ended. */
    public static final String REVOKE = "oauth-revoke";

    /** The step that has an administrator's OAuth client given an access token. */
    public static final String SETUP_TOKEN = SETUP + "token";

    private CloudCall() {}

    /** The credentials that stand in the headers of a call: its bearer token, or its cookies. */
    static Stream<String> credentials(TenantCall call) {
        Stream<String> tokens = call.headers().getOrEmpty(HttpHeaders.AUTHORIZATION).stream()
                .map(value -> value.substring(value.indexOf(' ') + 1));
        Stream<String> cookies = call.headers().getOrEmpty(HttpHeaders.COOKIE).stream()
                .flatMap(value -> Stream.of(value.split(";")))
                .map(cookie -> cookie.substring(cookie.indexOf('=') + 1).strip());
        return Stream.concat(tokens, cookies).filter(credential -> !credential.isEmpty());
    }

    /** Whether an OAuth client's secret stands in the body: what answers may say it back, and it may look like any word. */
    static boolean showsClientSecret(TenantCall call) {
        return switch (call.step()) {
            case TOKEN, REVOKE, SETUP_TOKEN -> true;
            default -> false;
        };
    }

    public static TenantCall get(Connection connection, String step, String path, HttpHeaders headers) {
        return get(connection, step, at(connection, path).build().toUri(), headers);
    }

    public static TenantCall get(Connection connection, String step, URI uri, HttpHeaders headers) {
        return of(connection, step, HttpMethod.GET, uri, headers, null);
    }

    public static TenantCall of(
            Connection connection,
            String step,
            HttpMethod method,
            URI uri,
            HttpHeaders headers,
            @Nullable String body) {
        return new TenantCall(connection, CloudDialect.INSTANCE, step, purpose(step), method, uri, headers, body);
    }

    private static Purpose purpose(String step) {
        return switch (step) {
            case KNOCK -> Purpose.PROBE;
            case LOGIN, TOKEN -> Purpose.SIGN_IN;
            default -> Purpose.ORDINARY;
        };
    }

    /** An address at the connection's host, to be built further. */
    public static UriComponentsBuilder at(Connection connection, String path) {
        return UriComponentsBuilder.fromUriString(connection.host() + path);
    }

    /** Headers that show a credential, whatever it is. */
    public static HttpHeaders showing(Credential credential) {
        HttpHeaders headers = new HttpHeaders();
        show(credential, headers);
        return headers;
    }

    /** Adds what shows a credential, whatever it is. */
    public static void show(Credential credential, HttpHeaders headers) {
        if (KeptSession.is(credential)) {
            headers.set(HttpHeaders.COOKIE, KeptSession.cookies(credential));
        } else {
            headers.setBearerAuth(credential.token());
        }
    }

    /**
     * How Qlik Cloud limits rates (contract, section 11): reads for each user, and for all of a tenant's users together; writes are
     * all logins and keys of the bridge, so one limit is everybody's.
     */
    private enum CloudDialect implements Dialect {
        INSTANCE;

        private static final String OTHER_SERVER =
                "Check that the host of the connection is a Qlik Cloud tenant and that no proxy answers in its place.";

        private static final RateLimit READS = new RateLimit("reads", true);
        private static final RateLimit WRITES = new RateLimit("writes", false);

        @Override
        public String otherServerRemedy() {
            return OTHER_SERVER;
        }

        @Override
        public RateLimit limit(TenantCall call) {
            return call.method().equals(HttpMethod.GET) ? READS : WRITES;
        }
    }
}
