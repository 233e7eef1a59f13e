package io.qlikbridge.qlikcloud;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.tenant.Unpacked;
import io.qlikbridge.transport.HttpClientPool;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.zip.ZipException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Carries calls to tenants, as many and as often as they may be made, and brings back whatever is answered. */
@Component
class CloudHttp {

    /** Of a refusal; none of Qlik's comes near it. */
    private static final int MOST_OF_A_REFUSAL = 64 * 1024;

    private static final int BUFFER = 8 * 1024;

    /** Where it shows whether there is a web page; less than the buffer, to be read again. */
    private static final int MOST_OF_A_BEGINNING = 200;

    /** A document may be so long, and what is read behind one that is none. */
    private static final long MOST_UNPACKED = 2L * Excerpt.MOST_BYTES;

    private static final int MOST_REDIRECTS = 3;
    private static final String GZIP = "gzip";

    private final HttpClientPool clients;
    private final CloudPace pace;
    private final CloudPlaces places;
    private final AnswerRoom room;
    private final CallWatch watch;
    private final Clock clock;

    CloudHttp(
            HttpClientPool clients, CloudPace pace, CloudPlaces places, AnswerRoom room, CallWatch watch, Clock clock) {
        this.clients = clients;
        this.pace = pace;
        this.places = places;
        this.room = room;
        this.watch = watch;
        this.clock = clock;
    }

    /**
     * The answer, whatever its status; a problem only where there was none, or none that can be read, or where the call may
     * not be made now.
     */
    CloudAnswer exchange(CloudCall call) {
        return exchange(call, Wanted.NOTHING);
    }

    /** @param wanted of the document that a success answers with */
    CloudAnswer exchange(CloudCall call, Wanted wanted) {
        Instant start = clock.instant();
        CloudAnswer answer = once(call, wanted);
        return pace.isWorthRepeating(call, answer, start) ? once(call, wanted) : answer;
    }

    private CloudAnswer once(CloudCall call, Wanted wanted) {
        watch.require(call);
        pace.await(call);
        return places.during(call, () -> {
            // the tenant may have said no while we waited for a place
            pace.require(call);
            CloudAnswer answer = send(call, wanted);
            pace.hear(call, answer);
            return answer;
        });
    }

    private CloudAnswer send(CloudCall call, Wanted wanted) {
        HttpHost tenant = HttpHost.create(call.uri());
        BasicClassicHttpRequest request =
                new BasicClassicHttpRequest(call.method().name(), tenant, target(call.uri()));
        request.setHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, GZIP);
        call.headers().forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
        if (call.json() != null) {
            request.setEntity(new StringEntity(call.json(), ContentType.APPLICATION_JSON));
        }
        try (WatchedCall watched = watch.begin(call, request)) {
            CloudAnswer answer = send(call, wanted, request, watched);
            watched.answered(answer.status().value());
            return answer;
        } catch (NoSuchSslBundleException gone) {
            throw Silence.withoutTrust(call, gone);
        }
    }

    private CloudAnswer send(CloudCall call, Wanted wanted, ClassicHttpRequest request, WatchedCall watched) {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(clients.asItComes());
        try (AnswerRoom.Share share = room.share(call)) {
            return clients.trusting(call.connection().sslBundle())
                    .execute(HttpHost.create(call.uri()), request, context, response -> {
                        watched.heard();
                        return read(call, wanted, response, share);
                    });
        } catch (IOException silence) {
            watched.failed(silence);
            throw Silence.after(call, silence);
        }
    }

    /**
     * Follows the redirects of a GET, on the same host alone: a credential is not carried elsewhere (contract, sections
     * 6.1 and 6.3).
     */
    CloudAnswer exchangeFollowing(CloudCall call, Wanted wanted) {
        CloudCall next = call;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            CloudAnswer answer = exchange(next, wanted);
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
            throw Refusals.redirected(call, answer);
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

    private static String target(URI address) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    private static CloudAnswer read(CloudCall call, Wanted wanted, ClassicHttpResponse response, AnswerRoom.Share share)
            throws IOException {
        HttpStatusCode status = HttpStatusCode.valueOf(response.getCode());
        HttpHeaders headers = new HttpHeaders();
        for (Header header : response.getHeaders()) {
            headers.add(header.getName(), header.getValue());
        }
        HttpEntity entity = response.getEntity();
        if (entity == null || entity.getContentLength() == 0) {
            return new CloudAnswer(status, headers, new byte[0]);
        }
        // closed at once, which breaks off what is longer
        try (InputStream packed = entity.getContent();
                InputStream content = new BufferedInputStream(unpacked(call, entity, packed), BUFFER)) {
            if (!status.is2xxSuccessful()) {
                byte[] body = content.readNBytes(MOST_OF_A_REFUSAL);
                share.add(body.length);
                return new CloudAnswer(status, headers, body);
            }
            return new CloudAnswer(status, headers, new byte[0], document(call, wanted, content, share));
        }
    }

    private static Excerpt.@Nullable Reading document(
            CloudCall call, Wanted wanted, InputStream content, AnswerRoom.Share share) throws IOException {
        content.mark(MOST_OF_A_BEGINNING);
        byte[] beginning = content.readNBytes(MOST_OF_A_BEGINNING);
        if (beginning.length == 0) {
            return null;
        }
        content.reset();
        Excerpt.Reading document =
                Verdict.isMarkup(beginning) ? Excerpt.Reading.ofAPage() : Excerpt.of(content, wanted, share);
        if (document.tooMuch()) {
            throw Refusals.unreadable(call, document.why());
        }
        // the rest is read for its connection's sake, to be used again
        if (document.object() == null && isLong(content)) {
            throw Refusals.unreadable(call, "it is longer than " + Excerpt.MOST_BYTES + " bytes");
        }
        return document;
    }

    private static boolean isLong(InputStream rest) throws IOException {
        byte[] piece = new byte[BUFFER];
        long all = 0;
        for (int read = rest.read(piece); read >= 0; read = rest.read(piece)) {
            all += read;
            if (all > Excerpt.MOST_BYTES) {
                return true;
            }
        }
        return false;
    }

    private static InputStream unpacked(CloudCall call, HttpEntity entity, InputStream content) throws IOException {
        String coding = entity.getContentEncoding();
        if (coding == null || coding.isBlank() || coding.strip().equalsIgnoreCase("identity")) {
            return content;
        }
        if (coding.strip().equalsIgnoreCase(GZIP) || coding.strip().equalsIgnoreCase("x-gzip")) {
            try {
                return new Unpacked(content, BUFFER, MOST_UNPACKED);
            } catch (EOFException early) {
                throw (ZipException) new ZipException("Ended within its header").initCause(early);
            }
        }
        throw Refusals.unreadable(call, "it is compressed in a way that was not asked for");
    }
}
