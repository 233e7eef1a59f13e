package io.qlikbridge.upstream;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.transport.HttpClientPool;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Calls tenants: {@link #exchange} reads the answer to its end, {@link #open} hands it on while it comes. A call waits for a permit of
 * the {@link Bulkhead} and for the tenant's rate limits, and is made once more when it was refused for its rate and the pause is short.
 * Whatever the status of an answer is, it is an answer; a {@link io.qlikbridge.tenant.TenantException} tells that there was none, that
 * it cannot be read, or that the call may not be made now.
 */
@Component
public class TenantHttp {

    private static final int MOST_REDIRECTS = 3;

    private final HttpClientPool clients;
    private final RateLimitGate limits;
    private final Bulkhead bulkhead;
    private final AnswerRoom room;
    private final CallWatch watch;
    private final Clock clock;

    TenantHttp(
            HttpClientPool clients,
            RateLimitGate limits,
            Bulkhead bulkhead,
            AnswerRoom room,
            CallWatch watch,
            Clock clock) {
        this.clients = clients;
        this.limits = limits;
        this.bulkhead = bulkhead;
        this.room = room;
        this.watch = watch;
        this.clock = clock;
    }

    /** The answer without what is in it, unless it is a refusal. */
    public TenantAnswer exchange(TenantCall call) {
        return exchange(call, Wanted.NOTHING);
    }

    /** @param wanted of the JSON object that a success answers with */
    public TenantAnswer exchange(TenantCall call, Wanted wanted) {
        Instant start = clock.instant();
        TenantAnswer answer = exchangeOnce(call, wanted);
        return limits.isWorthRepeating(call, answer, start) ? exchangeOnce(call, wanted) : answer;
    }

    /** Follows the redirects of a GET, on the same host alone: a credential is not carried elsewhere. */
    public TenantAnswer exchangeFollowing(TenantCall call, Wanted wanted) {
        TenantCall next = call;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            TenantAnswer answer = exchange(next, wanted);
            if (!answer.status().is3xxRedirection()) {
                return answer;
            }
            next = call.redirectedTo(target(next, answer));
        }
        throw UpstreamErrors.unreadable(call, "it redirected more than " + MOST_REDIRECTS + " times");
    }

    /**
     * Comes back as soon as status and headers are here.
     *
     * @return the answer, which holds its permit until the caller closes it
     */
    public StreamedAnswer open(TenantCall call) {
        Instant start = clock.instant();
        StreamedAnswer answer = openOnce(call);
        TenantAnswer limited = answer.limited();
        if (limited == null || !limits.isWorthRepeating(call, limited, start)) {
            return answer;
        }
        answer.close();
        return openOnce(call);
    }

    /**
     * Begins a call that somebody else carries to the tenant, by the same permits, pauses and measurements as every other one; if it {@link
     * #mayBeCarried}.
     *
     * @param requestId the name of the request that it is made for
     * @param header gets the headers that follow the call
     * @return {@code null} where it would have to wait for a permit; never waits itself
     */
    public @Nullable CarriedCall carry(TenantCall call, String requestId, BiConsumer<String, String> header) {
        Bulkhead.Permit permit = bulkhead.takeNow(call);
        return permit == null ? null : new CarriedCall(call, permit, watch.begin(call, requestId, header));
    }

    /** Whether a call could be made now, were there a permit for it. */
    public boolean mayBeCarried(TenantCall call) {
        return watch.isHeard(call) && limits.isOpen(call);
    }

    private TenantAnswer exchangeOnce(TenantCall call, Wanted wanted) {
        BasicClassicHttpRequest request = request(call);
        request.setHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, AnswerReader.GZIP);
        Bulkhead.Permit permit = permitted(call);
        try (permit;
                AnswerRoom.Share share = room.share(call)) {
            TenantAnswer answer = send(call, request, response -> {
                try (response) {
                    TenantAnswer read = AnswerReader.read(call, wanted, response, share);
                    EntityUtils.consume(response.getEntity());
                    return read;
                }
            });
            limits.hear(call, answer);
            return answer;
        }
    }

    private StreamedAnswer openOnce(TenantCall call) {
        Bulkhead.Permit permit = permitted(call);
        boolean goesOn = false;
        try {
            StreamedAnswer answer = new StreamedAnswer(call, send(call, request(call), response -> response), permit);
            TenantAnswer limited = answer.limited();
            if (limited != null) {
                limits.hear(call, limited);
            }
            goesOn = true;
            return answer;
        } finally {
            if (!goesOn) {
                permit.close();
            }
        }
    }

    /** Waits until the call may be made. */
    private Bulkhead.Permit permitted(TenantCall call) {
        watch.require(call);
        limits.await(call);
        Bulkhead.Permit permit = bulkhead.take(call);
        boolean mayGo = false;
        try {
            // the tenant may have said no while we waited for the permit
            limits.require(call);
            mayGo = true;
            return permit;
        } finally {
            if (!mayGo) {
                permit.close();
            }
        }
    }

    /** Measured until the answer was used: one that is passed on, until it begins, since the rest may be the caller's doing. */
    private <T> T send(TenantCall call, BasicClassicHttpRequest request, Use<T> use) {
        CarriedCall carried = CarriedCall.takePassedOn(call);
        if (carried != null) {
            // measured by who has carried it
            return used(call, carried, use);
        }
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(
                call.dialect().readTimeout().map(clients::asItComes).orElseGet(clients::asItComes));
        try (CallWatch.WatchedCall watched = watch.begin(call, request)) {
            try {
                ClassicHttpResponse response = client(call).executeOpen(hostOf(call), request, context);
                watched.heard();
                int status = response.getCode();
                T used = use.of(response);
                watched.answered(status);
                return used;
            } catch (IOException failure) {
                watched.failed(failure);
                throw TransportFailures.after(call, failure);
            }
        } catch (NoSuchSslBundleException gone) {
            throw TransportFailures.withoutTrust(call, gone);
        }
    }

    private static <T> T used(TenantCall call, CarriedCall carried, Use<T> use) {
        try {
            return use.of(carried.outcome());
        } catch (IOException failure) {
            throw TransportFailures.after(call, failure);
        }
    }

    private CloseableHttpClient client(TenantCall call) {
        return call.dialect()
                .trust()
                .map(clients::trusting)
                .orElseGet(() -> clients.trusting(call.connection().sslBundle()));
    }

    private interface Use<T> {

        T of(ClassicHttpResponse response) throws IOException;
    }

    private static BasicClassicHttpRequest request(TenantCall call) {
        BasicClassicHttpRequest request =
                new BasicClassicHttpRequest(call.method().name(), hostOf(call), target(call.uri()));
        call.headers().forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
        if (call.body() != null) {
            boolean typed = call.headers().containsHeader(HttpHeaders.CONTENT_TYPE);
            request.setEntity(new StringEntity(call.body(), typed ? null : ContentType.APPLICATION_JSON));
        }
        return request;
    }

    private static HttpHost hostOf(TenantCall call) {
        return HttpHost.create(call.uri());
    }

    private static String target(URI address) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    private static URI target(TenantCall call, TenantAnswer answer) {
        String location = answer.headers().getFirst(HttpHeaders.LOCATION);
        if (location == null) {
            throw UpstreamErrors.unreadable(call, "it redirected to nowhere");
        }
        URI target;
        try {
            target = call.uri().resolve(URI.create(location));
        } catch (IllegalArgumentException malformed) {
            throw UpstreamErrors.unreadable(call, "it redirected to something that is not an address");
        }
        if (!sameHost(call.connection(), target)) {
            throw UpstreamErrors.redirected(call, answer);
        }
        return target;
    }

    private static boolean sameHost(Connection connection, URI target) {
        URI host = connection.host();
        return host.getScheme().equalsIgnoreCase(target.getScheme())
                && host.getHost().equalsIgnoreCase(target.getHost())
                && port(host) == port(target)
                && target.getRawUserInfo() == null;
    }

    private static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    }
}
