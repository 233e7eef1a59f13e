package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.tenant.ContentRelay;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialRefused;
import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.tenant.RelayedRequest;
import io.qlikbridge.transport.HttpClientPool;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Passes reads on to a Qlik Cloud tenant, and holds a place there until the last byte of the answer was read. */
@Component
class CloudRelay implements ContentRelay {

    private static final String STEP = "pass-through";
    private static final int UNAUTHORIZED = 401;

    private final HttpClientPool clients;
    private final CloudPace pace;
    private final CloudPlaces places;
    private final CallWatch watch;
    private final Clock clock;

    CloudRelay(HttpClientPool clients, CloudPace pace, CloudPlaces places, CallWatch watch, Clock clock) {
        this.clients = clients;
        this.pace = pace;
        this.places = places;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public ConnectionType type() {
        return ConnectionType.QLIK_CLOUD;
    }

    @Override
    public RelayedAnswer get(Connection connection, @Nullable Credential credential, RelayedRequest request) {
        HttpHeaders shown = credential == null ? HttpHeaders.EMPTY : CloudCall.bearer(credential);
        CloudCall call = CloudCall.get(connection, STEP, URI.create(connection.host() + request.target()), shown);
        StreamedAnswer answer = exchange(call, request);
        if (credential == null || answer.status() != UNAUTHORIZED) {
            return answer;
        }
        try (answer) {
            throw refused(answer);
        }
    }

    private StreamedAnswer exchange(CloudCall call, RelayedRequest request) {
        Instant start = clock.instant();
        StreamedAnswer answer = once(call, request);
        CloudAnswer limited = answer.limited();
        if (limited == null || !pace.isWorthRepeating(call, limited, start)) {
            return answer;
        }
        answer.close();
        return once(call, request);
    }

    private StreamedAnswer once(CloudCall call, RelayedRequest request) {
        watch.require(call);
        pace.await(call);
        CloudPlaces.Place place = places.take(call);
        boolean goesOn = false;
        try {
            // the tenant may have said no while we waited for a place
            pace.require(call);
            StreamedAnswer answer = new StreamedAnswer(call, send(call, request), place);
            CloudAnswer limited = answer.limited();
            if (limited != null) {
                pace.hear(call, limited);
            }
            goesOn = true;
            return answer;
        } finally {
            if (!goesOn) {
                place.close();
            }
        }
    }

    /** Measured until the answer begins: how fast it goes on may be the caller's doing. */
    private ClassicHttpResponse send(CloudCall call, RelayedRequest request) {
        URI host = call.connection().host();
        HttpHost tenant = new HttpHost(host.getScheme(), host.getHost(), host.getPort());
        BasicClassicHttpRequest asked = new BasicClassicHttpRequest("GET", tenant, request.target());
        request.headers().forEach(asked::setHeader);
        call.headers().forEach((name, values) -> values.forEach(value -> asked.setHeader(name, value)));
        try (WatchedCall watched = watch.begin(call, asked)) {
            ClassicHttpResponse response = send(call, tenant, asked, watched);
            watched.answered(response.getCode());
            return response;
        } catch (NoSuchSslBundleException gone) {
            throw Silence.withoutTrust(call, gone);
        }
    }

    private ClassicHttpResponse send(CloudCall call, HttpHost tenant, ClassicHttpRequest asked, WatchedCall watched) {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(clients.asItComes());
        try {
            ClassicHttpResponse response =
                    clients.trusting(call.connection().sslBundle()).executeOpen(tenant, asked, context);
            watched.heard();
            return response;
        } catch (IOException silence) {
            watched.failed(silence);
            throw Silence.after(call, silence);
        }
    }

    private static CredentialRefused refused(StreamedAnswer answer) {
        return new CredentialRefused(
                "Qlik answered 401 at the step " + STEP + ".",
                new UpstreamAnswer(STEP, UNAUTHORIZED, null, null, answer.header("X-B3-Traceid")),
                answer.whole());
    }
}
