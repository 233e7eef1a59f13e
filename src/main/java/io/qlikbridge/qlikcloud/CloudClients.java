package io.qlikbridge.qlikcloud;

import io.qlikbridge.tenant.TenantProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * The HTTP clients towards tenants, one for each trust: the JDK's, or a named SSL bundle's. A client keeps no cookies and
 * follows no redirects: one user's session never meets another's, and a credential goes only where we send it.
 */
@Component
class CloudClients implements DisposableBean {

    private static final String JDK_TRUST = "";

    /** How long a call waits for one of the connections to be free before its caller is told to come back. */
    private static final Timeout WAIT_FOR_A_PLACE = Timeout.ofSeconds(1);

    private final TenantProperties properties;
    private final SslBundles bundles;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    CloudClients(TenantProperties properties, SslBundles bundles) {
        this.properties = properties;
        this.bundles = bundles;
        bundles.addBundleRegisterHandler(
                (name, bundle) -> bundles.addBundleUpdateHandler(name, ignored -> forget(name)));
        bundles.getBundleNames().forEach(name -> bundles.addBundleUpdateHandler(name, ignored -> forget(name)));
    }

    /** @throws org.springframework.boot.ssl.NoSuchSslBundleException when the bundle was taken out of the configuration */
    RestClient trusting(@Nullable String bundle) {
        return clients.computeIfAbsent(bundle == null ? JDK_TRUST : bundle, name -> Client.over(make(name)))
                .rest();
    }

    @Override
    public void destroy() throws IOException {
        for (Client client : clients.values()) {
            client.http().close();
        }
    }

    private record Client(CloseableHttpClient http, RestClient rest) {

        private static Client over(CloseableHttpClient http) {
            return new Client(
                    http,
                    RestClient.builder()
                            .requestFactory(new HttpComponentsClientHttpRequestFactory(http))
                            .build());
        }
    }

    /** The next call trusts what the bundle holds now. Those under way have time to end before their client goes. */
    private void forget(String bundle) {
        Client former = clients.remove(bundle);
        if (former != null) {
            Duration longest = properties.connectTimeout().plus(properties.readTimeout());
            CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> former.http().close(CloseMode.GRACEFUL));
        }
    }

    private CloseableHttpClient make(String bundle) {
        SslBundle trust = bundle.equals(JDK_TRUST) ? SslBundle.systemDefault() : bundles.getBundle(bundle);
        SSLContext context = trust.createSslContext();
        Timeout connect = Timeout.of(properties.connectTimeout());
        Timeout read = Timeout.of(properties.readTimeout());
        return HttpClients.custom()
                .setUserAgent("qlik-identity-bridge")
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableAuthCaching()
                .setRetryStrategy(new StaleConnectionsOnly())
                .addExecInterceptorFirst(
                        "deadline", new CallDeadline(properties.connectTimeout().plus(properties.readTimeout())))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(WAIT_FOR_A_PLACE)
                        .setResponseTimeout(read)
                        .build())
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        // the client's own verifier names what the certificate is for, the JDK's does not
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                                context, HostnameVerificationPolicy.CLIENT, new DefaultHostnameVerifier()))
                        .setMaxConnPerRoute(properties.maxConcurrency())
                        .setMaxConnTotal(Integer.MAX_VALUE)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(read)
                                .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                                .build())
                        .build())
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .build();
    }

    /**
     * Repeats a call that is safe to repeat when its kept-alive connection turns out to be closed by the tenant; never asks
     * twice because of an answer.
     */
    private static final class StaleConnectionsOnly extends DefaultHttpRequestRetryStrategy {

        private StaleConnectionsOnly() {
            super(1, TimeValue.ZERO_MILLISECONDS);
        }

        @Override
        public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
            return false;
        }
    }
}
