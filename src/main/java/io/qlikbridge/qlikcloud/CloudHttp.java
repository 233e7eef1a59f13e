package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Carries calls to tenants, as many and as often as they may be made, and brings back whatever is answered. */
@Component
class CloudHttp {

    /** No answer we read comes near it: a page of 100 items is some 150 KB. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final int MOST_REDIRECTS = 3;

    private final CloudClients clients;
    private final CloudPace pace;
    private final CloudPlaces places;
    private final CallWatch watch;
    private final Clock clock;

    CloudHttp(CloudClients clients, CloudPace pace, CloudPlaces places, CallWatch watch, Clock clock) {
        this.clients = clients;
        this.pace = pace;
        this.places = places;
        this.watch = watch;
        this.clock = clock;
    }

    /**
     * The answer, whatever its status; a problem only where there was none, or none that can be read, or where the call may
     * not be made now.
     */
    CloudAnswer exchange(CloudCall call) {
        Instant start = clock.instant();
        CloudAnswer answer = once(call);
        return pace.isWorthRepeating(call, answer, start) ? once(call) : answer;
    }

    private CloudAnswer once(CloudCall call) {
        pace.await(call);
        return places.during(call, () -> {
            // the tenant may have said no while we waited for a place
            pace.require(call);
            CloudAnswer answer = send(call);
            pace.hear(call, answer);
            return answer;
        });
    }

    private CloudAnswer send(CloudCall call) {
        HttpHost tenant = HttpHost.create(call.uri());
        BasicClassicHttpRequest request =
                new BasicClassicHttpRequest(call.method().name(), tenant, target(call.uri()));
        request.setHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        call.headers().forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
        if (call.json() != null) {
            request.setEntity(new StringEntity(call.json(), ContentType.APPLICATION_JSON));
        }
        try (WatchedCall watched = watch.begin(call, request)) {
            CloudAnswer answer = clients.trusting(call.connection().sslBundle())
                    .execute(tenant, request, response -> read(call, response));
            watched.answered(answer.status().value());
            return answer;
        } catch (IOException silence) {
            throw Silence.after(call, silence);
        } catch (NoSuchSslBundleException gone) {
            throw Silence.withoutTrust(call, gone);
        }
    }

    /**
     * Follows the redirects of a GET, on the same host alone: a credential is not carried elsewhere (contract, sections
     * 6.1 and 6.3).
     */
    CloudAnswer exchangeFollowing(CloudCall call) {
        CloudCall next = call;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            CloudAnswer answer = exchange(next);
            if (!answer.status().is3xxRedirection()) {
                return answer;
            }
            URI target = target(next, answer);
            next = new CloudCall(call.connection(), call.step(), HttpMethod.GET, target, call.headers(), null);
        }
        throw Refusals.unreadable(call, "it redirected more than " + MOST_REDIRECTS + " times");
    }

    private static URI target(CloudCall call, CloudAnswer answer) {
        String location = answer.headers().getFirst(HttpHeaders.LOCATION);
        if (location == null) {
            throw Refusals.unreadable(call, "it redirected to nowhere");
        }
        URI target;
        try {
            target = call.uri().resolve(URI.create(location));
        } catch (IllegalArgumentException malformed) {
            throw Refusals.unreadable(call, "it redirected to something that is not an address");
        }
        if (!sameHost(call.connection(), target)) {
            throw Refusals.unreadable(call, "it redirected to another host, which is not followed");
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

    private static byte[] bytes(HttpEntity entity) throws IOException {
        // closed at once, which breaks off what is longer
        try (InputStream content = entity.getContent()) {
            return content.readNBytes(MOST_BYTES + 1);
        }
    }

    private static String target(URI address) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    private static CloudAnswer read(CloudCall call, ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : bytes(entity);
        if (body.length > MOST_BYTES) {
            throw Refusals.unreadable(call, "it is longer than " + MOST_BYTES + " bytes");
        }
        HttpHeaders headers = new HttpHeaders();
        for (Header header : response.getHeaders()) {
            headers.add(header.getName(), header.getValue());
        }
        return new CloudAnswer(HttpStatusCode.valueOf(response.getCode()), headers, body);
    }
}
