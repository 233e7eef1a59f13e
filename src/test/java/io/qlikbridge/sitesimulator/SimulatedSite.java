package io.qlikbridge.sitesimulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client-managed Qlik Sense site on loopback ports: repository and proxy service for who shows a certificate of the site, and
 * virtual proxies for who shows a token. It starts without users, and with the default virtual proxy, which takes no tokens. Safe
 * for hundreds of calls at once.
 */
public final class SimulatedSite implements AutoCloseable {

    private final SiteTls tls = new SiteTls();
    private final Clock clock;
    private final TlsPort proxyPort;
    private final TlsPort repositoryPort;
    private final TlsPort proxyServicePort;
    private volatile SiteState state;

    private SimulatedSite(int proxyPort, int repositoryPort, int proxyServicePort, Clock clock) {
        this.clock = clock;
        this.state = new SiteState(clock);
        this.proxyPort = new TlsPort(proxyPort, SiteCall.Door.PROXY, tls.ofProxy(), () -> state);
        this.repositoryPort = new TlsPort(repositoryPort, SiteCall.Door.REPOSITORY, tls.ofServices(), () -> state);
        this.proxyServicePort =
                new TlsPort(proxyServicePort, SiteCall.Door.PROXY_SERVICE, tls.ofServices(), () -> state);
    }

    /** On free ports. */
    public static SimulatedSite start() {
        return start(0, 0, 0, Clock.systemUTC());
    }

    /** On free ports, with a clock that decides what has expired; but for certificates, which are of today. */
    public static SimulatedSite start(Clock clock) {
        return start(0, 0, 0, clock);
    }

    /** Each 0 for a free one. */
    public static SimulatedSite start(int proxyPort, int repositoryPort, int proxyServicePort) {
        return start(proxyPort, repositoryPort, proxyServicePort, Clock.systemUTC());
    }

    private static SimulatedSite start(int proxyPort, int repositoryPort, int proxyServicePort, Clock clock) {
        SimulatedSite site = new SimulatedSite(proxyPort, repositoryPort, proxyServicePort, clock);
        site.proxyPort.start();
        site.repositoryPort.start();
        site.proxyServicePort.start();
        return site;
    }

    @Override
    public void close() {
        proxyPort.close();
        repositoryPort.close();
        proxyServicePort.close();
    }

    /** Forgets users, virtual proxies, sessions, switches, troubles and records. Ports and authority stay. */
    public void reset() {
        state = new SiteState(clock);
        if (tls.isUnusual()) {
            serverCertificate(ServerCertificate.GOOD);
        }
    }

    /** Of the virtual proxies, without a slash at the end. */
    public URI host() {
        return URI.create("https://localhost:" + proxyPort.port());
    }

    public int repositoryPort() {
        return repositoryPort.port();
    }

    public int proxyServicePort() {
        return proxyServicePort.port();
    }

    // what a management console exports

    /** With secret keys and without a password. */
    public SiteExport export(SiteExport.Form form) {
        return SiteExport.of(tls.certificates(), form, null, true);
    }

    public SiteExport export(SiteExport.Form form, @Nullable String password) {
        return SiteExport.of(tls.certificates(), form, password, true);
    }

    /** As when the box for the secret key is not ticked. */
    public SiteExport exportWithoutSecretKeys(SiteExport.Form form, @Nullable String password) {
        return SiteExport.of(tls.certificates(), form, password, false);
    }

    /** Of another site, whose authority has the same name. */
    public static SiteExport exportOfAnotherSite(SiteExport.Form form) {
        return SiteExport.of(SiteCertificates.make(7), form, null, true);
    }

    // users and what they see

    /** @param name such as {@code LAB\ada} */
    public void user(String name) {
        state.catalog.add(SiteUser.of(name));
    }

    public void forgetUser(String name) {
        state.catalog.forget(SiteUser.of(name));
    }

    /** Refuses the user's tokens, and ends nothing. */
    public void disableUser(String name) {
        state.catalog.disable(SiteUser.of(name));
    }

    public void enableUser(String name) {
        state.catalog.enable(SiteUser.of(name));
    }

    /** Says what a user sees, in place of what it saw before; makes the user. */
    public void apps(String user, SiteApp... apps) {
        apps(user, List.of(apps));
    }

    public void apps(String user, List<SiteApp> apps) {
        state.catalog.show(SiteUser.of(user), apps);
    }

    /** Shows a user a stream that may have no app in it. */
    public void stream(String user, String name) {
        state.catalog.show(SiteUser.of(user), SiteStream.of(name));
    }

    // virtual proxies and sessions

    /** Made at first sight. @param prefix without slashes; empty for the default one */
    public VirtualProxy virtualProxy(String prefix) {
        return state.front.proxy(prefix);
    }

    /** How many tokens were taken, each for a session. */
    public int logins() {
        return state.front.logins();
    }

    public int logouts() {
        return state.front.logouts();
    }

    /** Every token that was shown, taken or not, in order. */
    public List<String> tokens() {
        return state.front.tokens();
    }

    /** How many sessions there have been, those that are over included. */
    public int sessionsOpened() {
        return state.sessions.opened();
    }

    public int sessionsOpened(String user) {
        return state.sessions.opened(SiteUser.of(user));
    }

    /** How many the user has now. */
    public int sessions(String user) {
        return state.sessions.of(SiteUser.of(user)).size();
    }

    /** The most that the user ever had at once. */
    public int mostSessionsAtOnce(String user) {
        return state.sessions.mostAtOnce(SiteUser.of(user));
    }

    /** How many were refused since the user had too many. */
    public int sessionsRefused() {
        return state.sessions.refused();
    }

    /** On every virtual proxy. */
    public void endSessions(String user) {
        SiteUser of = SiteUser.of(user);
        state.sessions.end(session -> session.user().equals(of));
    }

    // how sites differ

    /** How many sessions a user may open within a time; 5 in 5 minutes at first. */
    public void sessionLimit(int most, Duration window) {
        state.settings.mostSessions = most;
        state.settings.sessionWindow = window;
    }

    public void noSessionLimit() {
        state.settings.mostSessions = Integer.MAX_VALUE;
    }

    /** What one session too many gets; 403 at first. */
    public void sessionLimitStatus(int status) {
        state.settings.sessionLimitStatus = status;
    }

    /** Whether there is a {@code csrftoken}, as since that release; else it is a 404. */
    public void afterNovember2024(boolean after) {
        state.settings.afterNovember2024 = after;
    }

    /** How a virtual proxy says that there is no session; {@link SignedOut#REDIRECT} at first. */
    public void signedOut(SignedOut said) {
        state.settings.signedOut = said;
    }

    /** What a request without its pair of keys gets: 403 at first, and 400 at some. */
    public void xsrfStatus(int status) {
        state.settings.xsrfStatus = status;
    }

    /** What an {@code X-Qlik-User} gets that cannot be read, or is not there; 400 at first. */
    public void badUserHeaderStatus(int status) {
        state.settings.badUserHeaderStatus = status;
    }

    /** What a user gets at the repository whom the site does not know: 401, 403, 400 or 404. */
    public void unknownUserStatus(int status) {
        state.settings.unknownUserStatus = status;
    }

    /** What the app of others gets: 404 at first, and 403 at some. */
    public void foreignAppStatus(int status) {
        state.settings.foreignAppStatus = status;
    }

    /** Whether lists are always whole and in no order, whatever is asked. */
    public void queriesIgnored(boolean ignored) {
        state.settings.queriesIgnored = ignored;
    }

    /** Whether {@code product-info.json} is there; else it is a 404. */
    public void productInfo(boolean there) {
        state.settings.productInfo = there;
    }

    public void buildVersion(String version) {
        state.settings.buildVersion = version;
    }

    /** By how much the site's clock is ahead, in its header {@code Date} as in what it judges. */
    public void clockSkew(Duration ahead) {
        state.settings.clockSkew = ahead;
    }

    /** By how much {@code iat} may be in the future; not at all at first. */
    public void tolerance(Duration future) {
        state.settings.tolerance = future;
    }

    // bad days

    /** What is shown from now on, on every port; connections that are open end. */
    public void serverCertificate(ServerCertificate shown) {
        tls.show(shown);
        dropConnections();
    }

    /**
     * Shows a certificate of a company's own authority at the virtual proxies; the other ports keep the site's.
     *
     * @return the company's root as PEM
     */
    public String companyCertificateAtProxy() {
        SiteCertificates company = SiteCertificates.ofCompany();
        tls.showAtProxy(company);
        proxyPort.dropConnections();
        return SiteExport.of(company, SiteExport.Form.PEM, null, false).text("root.pem");
    }

    /** Makes authority, server's and client's certificates anew, by the same names; what was exported before is worth nothing. */
    public void recreateCertificates() {
        tls.recreate();
        dropConnections();
    }

    /** Ends every connection, as a restart does. */
    public void dropConnections() {
        proxyPort.dropConnections();
        repositoryPort.dropConnections();
        proxyServicePort.dropConnections();
    }

    /** What everything gets, until {@link BadDay#NONE}. */
    public void badDay(BadDay day) {
        state.settings.badDay = day;
    }

    /** Makes the next call to a virtual proxy wait, and no other. */
    public void slowFirstCall(Duration pause) {
        state.settings.slowFirstCall.set(pause);
    }

    /** @param path a regular expression that the whole path matches */
    public void trouble(String path, SiteTrouble trouble, int times) {
        Pattern pattern = Pattern.compile(path);
        trouble(call -> pattern.matcher(call.path()).matches(), trouble, times);
    }

    public void trouble(Predicate<SiteCall> which, SiteTrouble trouble, int times) {
        state.troubles.plan(which, trouble, times);
    }

    /** Ends all troubles that are still to come. */
    public void liftTroubles() {
        state.troubles.lift();
    }

    /** How often a trouble has struck. */
    public int troublesStruck() {
        return state.troubles.struck();
    }

    // what came

    /** Whether {@link #calls()} is kept; off for long load runs. */
    public void recordCalls(boolean kept) {
        state.settings.recordCalls = kept;
    }

    /** Every request that came, in order, refused and unknown ones included. */
    public List<SiteCall> calls() {
        return state.calls.all();
    }

    /** @param pathPrefix such as {@code /bridge/qrs} */
    public List<SiteCall> calls(String pathPrefix) {
        return state.calls.under(pathPrefix);
    }

    public void forgetCalls() {
        state.calls.clear();
    }
}
