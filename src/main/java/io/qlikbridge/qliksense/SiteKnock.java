package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.sensesettings.SenseSettings;
import io.qlikbridge.sitecall.SiteCalls;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantHttp;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** The steps of a connection test that need no user: whether the site is there, and whether each trusts the other. */
@Component
class SiteKnock {

    private final SiteCalls calls;
    private final TenantHttp http;
    private final ForwardProxies proxies;

    SiteKnock(SiteCalls calls, TenantHttp http, ForwardProxies proxies) {
        this.calls = calls;
        this.http = http;
        this.proxies = proxies;
    }

    Visit visit(Connection connection) {
        return new Visit(connection);
    }

    /** Of one connection test. */
    final class Visit {

        private final Connection connection;
        private @Nullable TenantAnswer answer;
        private @Nullable TenantException tlsFailure;

        private Visit(Connection connection) {
            this.connection = connection;
        }

        /** Whatever is answered without a user, somebody is there. What is wrong with TLS is the next step's. */
        String reach() {
            TenantCall call = calls.knock(connection);
            String way = "Connected to " + call.uri().getHost() + ", port " + port(call)
                    + proxies.of(connection.host())
                            .map(proxy -> ", by the proxy " + proxy)
                            .orElse("") + ".";
            try {
                answer = http.exchange(call);
            } catch (TenantException failure) {
                if (!isOfTls(failure)) {
                    throw failure;
                }
                tlsFailure = failure;
            }
            return way;
        }

        String handshake() {
            if ("http".equals(calls.knock(connection).uri().getScheme())) {
                throw ProbeOutcome.skipped("The connection uses plain http.");
            }
            if (tlsFailure != null) {
                throw tlsFailure;
            }
            boolean checked = SenseSettings.of(connection).hostNameCheck();
            return "The certificate of the site is trusted"
                    + (checked
                            ? " and is for " + connection.host().getHost() + "."
                            : ". Whether it is for " + connection.host().getHost()
                                    + " was not looked at, since hostNameCheck is false.");
        }

        HttpHeaders headers() {
            return answer == null ? new HttpHeaders() : answer.headers();
        }

        private boolean isOfTls(TenantException failure) {
            return failure.getCause() instanceof SSLException
                    || failure.finding().contains("TLS failure");
        }

        private static int port(TenantCall call) {
            int port = call.uri().getPort();
            return port >= 0 ? port : "http".equals(call.uri().getScheme()) ? 80 : 443;
        }
    }
}
