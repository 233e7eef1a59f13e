package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.ContentRelay;
import io.qlikbridge.tenant.CredentialRefused;
import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.tenant.RelayedRequest;
import io.qlikbridge.upstream.StreamedAnswer;
import io.qlikbridge.upstream.TenantHttp;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Passes reads on to a Qlik Cloud tenant, and holds a place there until the last byte of the answer was read. */
@Component
class CloudRelay implements ContentRelay {

    private static final String STEP = "pass-through";
    private static final int UNAUTHORIZED = 401;

    private final TenantHttp http;

    CloudRelay(TenantHttp http) {
        this.http = http;
    }

    @Override
    public RelayedAnswer get(Connection connection, @Nullable ActingAs caller, RelayedRequest request) {
        HttpHeaders headers = new HttpHeaders();
        request.headers().forEach(headers::set);
        if (caller != null) {
            headers.setBearerAuth(caller.requireCredential().token());
        }
        StreamedAnswer answer =
                http.open(CloudCall.get(connection, STEP, URI.create(connection.host() + request.target()), headers));
        if (caller == null || answer.status() != UNAUTHORIZED) {
            return answer;
        }
        try (answer) {
            throw refused(answer);
        }
    }

    private static CredentialRefused refused(StreamedAnswer answer) {
        return new CredentialRefused(
                "Qlik answered 401 at the step " + STEP + ".",
                new UpstreamAnswer(STEP, UNAUTHORIZED, null, null, answer.header("X-B3-Traceid")),
                answer.whole());
    }
}
