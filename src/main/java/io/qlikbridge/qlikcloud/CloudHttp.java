package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Carries calls to tenants, as many and as often as they may be made, and brings back whatever is answered. */
@Component
class CloudHttp {

    /** No answer we read comes near it: a page of 100 items is some 150 KB. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final int MOST_REDIRECTS = 3;

    private final CloudClients clients;
    private final CloudPace pace;
    private final CloudPlaces places;
    private final Clock clock;

    CloudHttp(CloudClients clients, CloudPace pace, CloudPlaces places, Clock clock) {
        this.clients = clients;
        this.pace = pace;
        this.places = places;
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
        try {
            RestClient.RequestBodySpec request = clients.trusting(
                            call.connection().sslBundle())
                    .method(call.method())
                    .uri(call.uri())
                    .accept(MediaType.APPLICATION_JSON)
                    .headers(headers -> headers.addAll(call.headers()));
            if (call.json() != null) {
                request.contentType(MediaType.APPLICATION_JSON).body(call.json());
            }
            return request.exchangeForRequiredValue((ignored, response) -> read(call, response));
        } catch (ResourceAccessException silence) {
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

    private static CloudAnswer read(CloudCall call, ClientHttpResponse response) throws IOException {
        byte[] body = response.getBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw Refusals.unreadable(call, "it is longer than " + MOST_BYTES + " bytes");
        }
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(response.getHeaders());
        return new CloudAnswer(response.getStatusCode(), headers, body);
    }
}
