package io.qlikbridge.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.proxy.NamingTrust;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * The HTTP clients towards tenants, one for each trust: the JDK's, a named SSL bundle's, or one that an adapter brings. A client keeps no cookies and
 * follows no redirects: one user's session never meets another's, and a credential goes only where we send it.
 */
@Component
public class HttpClientPool implements DisposableBean {

    private static final String JDK_TRUST = "";

    /** Longer than any call takes. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    /** Never reached: {@link io.qlikbridge.upstream.Bulkhead} bounds the calls, and so the connections. */
    private static final int MOST_CONNECTIONS = Integer.MAX_VALUE;

    private final TenantProperties properties;
    private final SslBundles bundles;
    private final NameLookup names;
    private final ForwardProxies proxies;
    private final RequestConfig asItComes;
    private final Map<String, CloseableHttpClient> clients = new ConcurrentHashMap<>();
    private final Map<String, SSLContext> contexts = new ConcurrentHashMap<>();

    /** One whose trust was replaced is not asked for any more. */
    private final Cache<String, CloseableHttpClient> byTrust = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .scheduler(Scheduler.systemScheduler())
            .<String, CloseableHttpClient>removalListener((id, client, cause) -> closeLater(client))
            .build();

    public HttpClientPool(TenantProperties properties, SslBundles bundles, NameLookup names, ForwardProxies proxies) {
        this.properties = properties;
        this.bundles = bundles;
        this.names = names;
        this.proxies = proxies;
        this.asItComes =
                timeouts(properties).setContentCompressionEnabled(false).build();
        bundles.addBundleRegisterHandler(
                (name, bundle) -> bundles.addBundleUpdateHandler(name, ignored -> forget(name)));
        bundles.getBundleNames().forEach(name -> bundles.addBundleUpdateHandler(name, ignored -> forget(name)));
    }

    /** @throws org.springframework.boot.ssl.NoSuchSslBundleException when the bundle was taken out of the configuration */
    public CloseableHttpClient trusting(@Nullable String bundle) {
        String name = bundle == null ? JDK_TRUST : bundle;
        CloseableHttpClient known = clients.get(name);
        return known != null ? known : clients.computeIfAbsent(name, this::make);
    }

    public CloseableHttpClient trusting(Trust trust) {
        CloseableHttpClient known = byTrust.getIfPresent(trust.id());
        return known != null ? known : byTrust.get(trust.id(), ignored -> make(trust.context(), trust.hostNames()));
    }

    /**
     * Whom connections trust that somebody else opens, as those of {@link #trusting(String)} do. May take its time: it reads files.
     *
     * @throws org.springframework.boot.ssl.NoSuchSslBundleException when the bundle was taken out of the configuration
     */
    public SSLContext context(@Nullable String bundle) {
        return contexts.computeIfAbsent(bundle == null ? JDK_TRUST : bundle, this::makeContext);
    }

    /** The same if it is known; {@code null} otherwise. Does not wait. */
    public @Nullable SSLContext knownContext(@Nullable String bundle) {
        return contexts.get(bundle == null ? JDK_TRUST : bundle);
    }

    /** The settings of a call that neither asks for compression nor undoes it by itself. */
    public RequestConfig asItComes() {
        return asItComes;
    }

    /** The same for a call whose answer may take another time to its last byte. */
    public RequestConfig asItComes(Duration readTimeout) {
        return RequestConfig.copy(asItComes)
                .setResponseTimeout(Timeout.of(readTimeout))
                .build();
    }

    @Override
    public void destroy() throws IOException {
        for (CloseableHttpClient client : clients.values()) {
            client.close();
        }
        for (CloseableHttpClient client : byTrust.asMap().values()) {
            client.close();
        }
    }

    /** The next call trusts what the bundle holds now. Those under way have time to end before their client goes. */
    private void forget(String bundle) {
        contexts.remove(bundle);
        CloseableHttpClient former = clients.remove(bundle);
        closeLater(former);
    }

    private void closeLater(@Nullable CloseableHttpClient former) {
        if (former != null) {
            Duration longest = properties.connectTimeout().plus(properties.readTimeout());
            CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> former.close(CloseMode.GRACEFUL));
        }
    }

    private CloseableHttpClient make(String bundle) {
        // the client's own verifier names what the certificate is for, the JDK's does not
        return make(makeContext(bundle), new DefaultHostnameVerifier());
    }

    private SSLContext makeContext(String bundle) {
        return NamingTrust.context(bundle.equals(JDK_TRUST) ? SslBundle.systemDefault() : bundles.getBundle(bundle));
    }

    private CloseableHttpClient make(SSLContext context, HostnameVerifier hostNames) {
        Timeout connect = Timeout.of(properties.connectTimeout());
        Timeout read = Timeout.of(properties.readTimeout());
        return HttpClients.custom()
                .setUserAgent("qlik-identity-bridge")
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableAuthCaching()
                .setRoutePlanner(proxies.routes())
                .setDefaultCredentialsProvider(proxies.credentials())
                .setRetryStrategy(new StaleConnectionsOnly())
                .addExecInterceptorFirst("deadline", new CallDeadline(properties))
                .addExecInterceptorBefore(ChainElement.CONNECT.name(), "connecting", CallDeadline::connecting)
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "connected", CallDeadline::connected)
                .setDefaultRequestConfig(timeouts(properties).build())
                .setConnectionManager(connections(context, hostNames, connect, read))
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .build();
    }

    private static RequestConfig.Builder timeouts(TenantProperties properties) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(properties.connectTimeout()))
                .setResponseTimeout(Timeout.of(properties.readTimeout()));
    }

    private HttpClientConnectionManager connections(
            SSLContext context, HostnameVerifier hostNames, Timeout connect, Timeout read) {
        TlsSocketStrategy tls = new DefaultClientTlsStrategy(context, HostnameVerificationPolicy.CLIENT, hostNames);
        // closing a connection to one tenant, the last argument says, holds the pool's lock from no other
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                new AddressByAddress(names, tls),
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                null,
                AnswerHeads.connections(),
                true);
        connections.setDefaultMaxPerRoute(MOST_CONNECTIONS);
        connections.setMaxTotal(MOST_CONNECTIONS);
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(connect)
                .setSocketTimeout(read)
                .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                .build());
        return connections;
    }
}
