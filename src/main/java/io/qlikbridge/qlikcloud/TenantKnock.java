package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudsession.AssertionClaims;
import io.qlikbridge.cloudsession.CloudSessions;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ClockCheck;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.probe.ProbeStep;
import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantAnswer;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.stereotype.Component;

/** The steps of a connection test that need no user: whether the tenant is there, is one, is trusted, and what its clock says. */
@Component
class TenantKnock {

    static final String REACHABLE = "reachable";
    static final String TLS = "tls";

    private final CloudSessions sessions;
    private final TenantRecognition recognition;
    private final ForwardProxies proxies;
    private final ClockCheck clockCheck;

    TenantKnock(CloudSessions sessions, TenantRecognition recognition, ForwardProxies proxies, ClockCheck clockCheck) {
        this.sessions = sessions;
        this.recognition = recognition;
        this.proxies = proxies;
        this.clockCheck = clockCheck;
    }

    /**
     * @param nobody whether nobody is signed in later: those steps would show by themselves whether this is a tenant
     */
    List<ProbeStep> steps(Connection connection, boolean nobody) {
        Visit visit = new Visit(connection, nobody);
        return List.of(
                new ProbeStep(REACHABLE, Set.of(), visit::reach),
                new ProbeStep(TLS, Set.of(REACHABLE), visit::handshake),
                new ProbeStep("clock", Set.of(REACHABLE, TLS), visit::compareClocks));
    }

    /** Of one connection test. */
    private final class Visit {

        private final Connection connection;
        private final boolean nobody;
        private @Nullable TenantAnswer knocked;
        private @Nullable TenantException tlsFailure;

        private Visit(Connection connection, boolean nobody) {
            this.connection = connection;
            this.nobody = nobody;
        }

        /** Goes the way of all calls: every address, the proxy, the SSL bundle. What is wrong with TLS is the next step's. */
        private String reach() {
            String way = "Connected to " + connection.host()
                    + proxies.of(connection.host())
                            .map(proxy -> " by the proxy " + proxy)
                            .orElse("") + ".";
            try {
                knocked = sessions.knock(connection);
            } catch (TenantException failure) {
                if (!isOfTls(failure)) {
                    throw failure;
                }
                tlsFailure = failure;
                return way;
            }
            if (nobody) {
                recognition.require(connection);
            }
            return way;
        }

        private String handshake() {
            if ("http".equals(connection.host().getScheme())) {
                throw ProbeOutcome.skipped("The connection uses plain http.");
            }
            if (tlsFailure != null) {
                throw tlsFailure;
            }
            return "The certificate is trusted and is for " + connection.host().getHost() + ".";
        }

        private static boolean isOfTls(TenantException failure) {
            return failure.getCause() instanceof SSLException || failure.getCause() instanceof NoSuchSslBundleException;
        }

        private String compareClocks() {
            TenantAnswer answer = knocked == null ? sessions.knock(connection) : knocked;
            return clockCheck.compare(
                    answer.headers(),
                    AssertionClaims.BACKDATED,
                    AssertionClaims.LIFETIME.dividedBy(2),
                    "Set the bridge's clock by NTP, or set clockToleranceSec on the tenant's identity provider.");
        }
    }
}
