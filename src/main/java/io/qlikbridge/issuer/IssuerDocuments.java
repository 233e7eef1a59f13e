package io.qlikbridge.issuer;

import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.proxy.NamingTrust;
import io.qlikbridge.proxy.UntrustedChain;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * Fetches what issuers publish, and what they give for a form, through the forward proxy where there is one. The only place that
 * calls one: bounded in time and size as a whole, and never led from https to http.
 */
class IssuerDocuments {

    static final int MOST_BYTES = 500_000;

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofSeconds(5);
    private static final int MOST_REDIRECTS = 5;

    /** Of the platform: looking a name up would hold one of the few that carry all requests. */
    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("issuer-documents").factory();

    private final ForwardProxies proxies;
    private final CloseableHttpClient client;
    private final RequestConfig requests = RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(CONNECT))
            .setResponseTimeout(Timeout.of(WHOLE))
            .setMaxRedirects(MOST_REDIRECTS)
            .build();

    IssuerDocuments(ForwardProxies proxies) {
        this.proxies = proxies;
        this.client = HttpClients.custom()
                .setUserAgent("qlik-identity-bridge")
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .setRedirectStrategy(new SameSafety())
                .setRoutePlanner(proxies.routes())
                .setDefaultCredentialsProvider(proxies.credentials())
                // minutes lie between two calls
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(requests)
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(
                                new DefaultClientTlsStrategy(NamingTrust.context(SslBundle.systemDefault())))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(CONNECT))
                                .setSocketTimeout(Timeout.of(WHOLE))
                                .build())
                        .build())
                .build();
    }

    /** @throws UnreadableKeys when there is no JSON */
    String read(URI address) throws UnreadableKeys {
        HttpGet request = new HttpGet(address);
        request.setHeader("Accept", "application/json");
        Answer answer = answer(address, request);
        if (answer.status() != 200) {
            throw new UnreadableKeys(
                    IssuerTrouble.Cause.REFUSED,
                    address + " answered with status " + answer.status() + explained(answer.status())
                            + through(address));
        }
        if (answer.text().stripLeading().startsWith("<")) {
            throw new UnreadableKeys(
                    IssuerTrouble.Cause.UNREADABLE,
                    address + " answered with a page and not with JSON: perhaps one of a proxy, or to sign in"
                            + through(address));
        }
        return answer.text();
    }

    /**
     * Sends a form, and takes any answer for one. A redirect is not followed: what the form holds is for nobody else.
     *
     * @param credential the value of the header {@code Authorization}; {@code null} for none
     */
    Answer post(URI address, @Nullable String credential, byte[] form) throws UnreadableKeys {
        HttpPost request = new HttpPost(address);
        request.setHeader("Accept", "application/json");
        if (credential != null) {
            request.setHeader("Authorization", credential);
        }
        request.setEntity(new ByteArrayEntity(form, ContentType.APPLICATION_FORM_URLENCODED));
        request.setConfig(
                RequestConfig.copy(requests).setRedirectsEnabled(false).build());
        return answer(address, request);
    }

    private Answer answer(URI address, HttpUriRequestBase request) throws UnreadableKeys {
        FutureTask<Answer> answer = new FutureTask<>(() -> client.execute(request, IssuerDocuments::read));
        THREADS.newThread(answer).start();
        try {
            return answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            request.cancel();
            throw unreachable(address, "did not answer within " + WHOLE.toSeconds() + " seconds");
        } catch (InterruptedException stopping) {
            request.cancel();
            Thread.currentThread().interrupt();
            throw unreachable(address, "was not waited for");
        } catch (ExecutionException failed) {
            throw unreachable(address, why(failed.getCause()));
        }
    }

    private static Answer read(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new Answer(response.getCode(), "");
        }
        try (InputStream content = entity.getContent()) {
            byte[] bytes = content.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("the answer has more than " + MOST_BYTES + " bytes");
            }
            return new Answer(response.getCode(), new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static String explained(int status) {
        return status / 100 == 3
                ? ", and its redirect is not followed"
                : status == 407 ? ", which is a proxy's: it wants a user and a password" : "";
    }

    /** Where a proxy is on the way, it may be what is wrong. */
    private String through(URI address) {
        return proxies.of(address)
                .map(proxy -> ". It is called by the proxy " + proxy)
                .orElse("");
    }

    private static String why(@Nullable Throwable cause) {
        UntrustedChain untrusted = UntrustedChain.in(cause);
        if (untrusted != null) {
            return "has a certificate that " + untrusted.found()
                    + ": have the JVM trust that one (-Djavax.net.ssl.trustStore), if it is yours";
        }
        for (Throwable one = cause; one != null; one = one.getCause()) {
            switch (one) {
                case UnknownHostException unknown -> {
                    return "has a name that does not resolve";
                }
                case SocketTimeoutException silent -> {
                    return "did not answer in time";
                }
                case SSLException tls -> {
                    return "cannot be reached by TLS: " + plain(tls);
                }
                case ConnectException refused -> {
                    return "does not take connections";
                }
                case NoRouteToHostException refused -> {
                    return "does not take connections";
                }
                default -> {}
            }
        }
        return "cannot be read: " + (cause instanceof IOException failed ? plain(failed) : "an error of the client");
    }

    private static String plain(IOException failed) {
        String text = String.valueOf(failed.getMessage())
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    private UnreadableKeys unreachable(URI address, String because) {
        return new UnreadableKeys(
                IssuerTrouble.Cause.UNREACHABLE,
                (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT) + " "
                        + proxies.of(address)
                                .map(proxy -> "is called by the proxy " + proxy + ", and one of them " + because)
                                .orElse(because));
    }

    /** It may hold tokens. */
    record Answer(int status, String text) {

        @Override
        public String toString() {
            return "Answer[status=" + status + "]";
        }
    }

    /** Never from TLS to none. */
    private static final class SameSafety extends DefaultRedirectStrategy {

        @Override
        public boolean isRedirectAllowed(HttpHost current, HttpHost next, HttpRequest redirect, HttpContext context) {
            return "https".equals(next.getSchemeName()) || !"https".equals(current.getSchemeName());
        }
    }
}
