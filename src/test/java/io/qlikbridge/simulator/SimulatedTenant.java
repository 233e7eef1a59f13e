package io.qlikbridge.simulator;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A Qlik Cloud tenant on a loopback port that checks what it is sent as strictly as Qlik's contract says, for tests and for
 * the development run. It starts with one admin and no identity provider. Rate limits are not kept; a test that wants a 429
 * answers it through {@link #before}. Safe for hundreds of calls at once.
 */
public final class SimulatedTenant implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final String adminToken;
    private final Clock clock;
    private final WireMockServer server;
    private final OAuthServer oauth = new OAuthServer(() -> state());
    private volatile TenantState state;

    private SimulatedTenant(String address, int port, Clock clock, String adminToken) {
        this.adminToken = adminToken;
        this.clock = clock;
        this.server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress(address)
                .port(port)
                .containerThreads(400)
                .jettyAcceptQueueSize(1000)
                .asynchronousResponseEnabled(false)
                .http2PlainDisabled(true)
                .gzipDisabled(true)
                .useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.BODY_FILE)
                .disableRequestJournal()
                .stubRequestLoggingDisabled(true)
                .extensions(new FrontDoor(() -> state)));
    }

    /** On a free port. */
    public static SimulatedTenant start() {
        return start(0, Clock.systemUTC());
    }

    public static SimulatedTenant start(int port) {
        return start(port, Clock.systemUTC());
    }

    /** On a free port, with a clock that decides what has expired. */
    public static SimulatedTenant start(Clock clock) {
        return start(0, clock);
    }

    /** @param port 0 for a free one */
    public static SimulatedTenant start(int port, Clock clock) {
        return start(new SimulatedTenant(
                LOOPBACK, port, clock, KeyToken.of("simulator-admin", "simulator-admin", "simulator")));
    }

    /** One whose admin token is easy to type, since it opens nothing but this simulation. */
    public static SimulatedTenant start(int port, String adminToken) {
        return start(new SimulatedTenant(LOOPBACK, port, Clock.systemUTC(), adminToken));
    }

    /** One that other machines reach, for a container. */
    public static SimulatedTenant startForAll(int port, String adminToken) {
        return start(new SimulatedTenant("0.0.0.0", port, Clock.systemUTC(), adminToken));
    }

    private static SimulatedTenant start(SimulatedTenant tenant) {
        tenant.server.stubFor(any(anyUrl()).willReturn(ok()));
        tenant.server.start();
        tenant.reset();
        return tenant;
    }

    private TenantState state() {
        return state;
    }

    @Override
    public void close() {
        server.stop();
    }

    /** Forgets users, keys, providers, settings, hooks and records. Address and admin token stay. */
    public void reset() {
        state = new TenantState(url(), adminToken, clock);
    }

    /** Such as {@code http://127.0.0.1:9100}, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    public String id() {
        return state.tenantId;
    }

    /** A bearer token that never ends and may do what a tenant admin may. */
    public String adminToken() {
        return adminToken;
    }

    /** An API key of the tenant's admin that ends a day later; it counts among {@link #keysMade()}. */
    public String adminApiKey() {
        String admin = state.users.admin().id();
        return state.keys
                .make(admin, admin, "administration", Duration.ofDays(1))
                .token();
    }

    /** Its OAuth clients and access tokens. */
    public OAuthServer oauth() {
        return oauth;
    }

    /**
     * Makes a JWT identity provider, as {@code POST /api/v1/identity-providers} does.
     *
     * @param certificatePem a certificate or a public key
     * @return its id
     */
    public String identityProvider(String issuer, String kid, String certificatePem) {
        return state.identityProviders
                .add(issuer, kid, certificatePem, 0, true, "")
                .id();
    }

    /** Makes one that lets nobody in. */
    public String inactiveIdentityProvider(String issuer, String kid, String certificatePem) {
        return state.identityProviders
                .add(issuer, kid, certificatePem, 0, false, "")
                .id();
    }

    /** Whether several identity providers may have the same issuer and key id; at first not. */
    public void duplicateProviders(boolean allowed) {
        state.settings.duplicateProviders = allowed;
    }

    /** Which forms of PEM are taken for identity providers; any at first. */
    public void pemForm(PemForm form) {
        state.settings.pemForm = form;
    }

    /** How a PEM is written back that was taken; as it came at first. */
    public void shownPem(UnaryOperator<String> form) {
        state.settings.shownPem = form;
    }

    /** How many identity providers there are. */
    public int identityProviders() {
        return state.identityProviders.all().size();
    }

    /** How many web integrations there are. */
    public int webIntegrations() {
        return state.webIntegrations.all().size();
    }

    /** The id of the identity provider that holds the key of this id. */
    public String identityProviderOf(String kid) {
        return state.identityProviders.all().stream()
                .filter(provider -> provider.kid().equals(kid))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** Forgets an identity provider, as {@code DELETE /api/v1/identity-providers/{id}} does. */
    public void removeIdentityProvider(String id) {
        state.identityProviders.remove(id);
    }

    /** Makes a web integration with an id of the test's choice. */
    public void webIntegration(String id, String... validOrigins) {
        state.webIntegrations.add(id, id, Set.of(validOrigins));
    }

    /** Says what a subject sees, in place of what it saw before. Need not have logged in yet. */
    public void apps(String subject, App... apps) {
        state.catalog.show(subject, List.of(apps));
    }

    /** Makes a space; a user sees it who sees an app in it. */
    public void space(Space space) {
        state.catalog.add(space);
    }

    /** Whether groups of assertions are taken, as {@code /api/v1/groups/settings} says; they are at first. */
    public void autoCreateGroups(boolean created) {
        state.settings.autoCreateGroups = created;
    }

    /** Makes a user who has not logged in yet, as {@code POST /api/v1/users} does. */
    public void user(String subject) {
        state.users.make(subject, subject, null, false);
    }

    /** Makes a tenant admin who has not logged in yet. */
    public void administrator(String subject) {
        state.users.make(subject, subject, null, true);
    }

    /** Whether there is a user of exactly this subject. */
    public boolean userExists(String subject) {
        return userId(subject).isPresent();
    }

    /** Refuses the subject's logins (403), sessions, API keys and access tokens (401), and the making of access tokens (403). */
    public void disableUser(String subject) {
        state.settings.disabledSubjects.add(subject);
    }

    public void enableUser(String subject) {
        state.settings.disabledSubjects.remove(subject);
    }

    /** Ends all sessions of a subject at once, as those end that were idle for too long. */
    public void endSessions(String subject) {
        userId(subject).ifPresent(state.sessions::end);
    }

    /** Takes the permission to manage API keys away; running sessions keep it, as at Qlik. */
    public void forbidApiKeys(String subject) {
        state.settings.subjectsWithoutApiKeys.add(subject);
    }

    /** Gives it back, to sessions that start from now on. */
    public void allowApiKeys(String subject) {
        state.settings.subjectsWithoutApiKeys.remove(subject);
    }

    /** The longest lifetime of a new API key, and its default; 24 hours at first. */
    public void maxApiKeyExpiry(Duration expiry) {
        state.settings.maxApiKeyExpiry = expiry;
    }

    /** How many active API keys a user may have; 5 at first. */
    public void maxKeysPerUser(int count) {
        state.settings.maxKeysPerUser = count;
    }

    /** Whether {@code api-keys/configs} is shown; else it is a 403. */
    public void configReadable(boolean readable) {
        state.settings.configReadable = readable;
    }

    /** Whether a login sets the {@code _csrfToken} cookies; else the token is only at {@code /api/v1/csrf-token}. */
    public void csrfCookie(boolean sent) {
        state.settings.csrfCookie = sent;
    }

    /** Makes links of lists begin with another base, as a tenant does that is called by its alias. */
    public void generatedHost(String base) {
        state.settings.linkBase = base;
    }

    /** Makes redirects absolute: to {@link #url()}, or to a foreign host. */
    public void redirectBase(String base) {
        state.settings.redirectBase = base;
    }

    /** Whether the last page says {@code "next": {"href": null}} instead of nothing. */
    public void nullNextLink(boolean sent) {
        state.settings.nullNextLink = sent;
    }

    /** Whether {@code /resources/autogenerated/product-info.json} is there; else it is a 404. */
    public void productInfo(boolean there) {
        state.settings.productInfo = there;
    }

    /** Whether answers are compressed for callers that take gzip. */
    public void compress(boolean compressed) {
        state.settings.compress = compressed;
    }

    /** Whether every answer has the headers that an edge of a real tenant adds: cookies, CORS, HSTS, its own name. */
    public void talkative(boolean many) {
        state.settings.talkative = many;
    }

    /** Whether {@link #calls()} is kept; off for long load runs. */
    public void recordCalls(boolean kept) {
        state.settings.recordCalls = kept;
    }

    /** Answers in the tenant's place, which then does nothing, when the hook gives an answer. See {@link Faults}. */
    public void before(Function<Request, Optional<ResponseDefinition>> hook) {
        state.settings.before = hook;
    }

    /** Changes an answer after the tenant has acted: the key is made although the caller never hears of it. */
    public void after(BiFunction<Request, ResponseDefinition, ResponseDefinition> hook) {
        state.settings.after = hook;
    }

    /** Is told of every API key when it has just been made, by whomever; no other key is made meanwhile. */
    public void onKeyMade(Consumer<ApiKey> observer) {
        state.settings.keyMade = key -> observer.accept(shown(key));
    }

    /** How many logins were accepted. */
    public int logins() {
        return assertions().size();
    }

    public int loginsOf(String subject) {
        return (int) assertions().stream()
                .filter(assertion -> subject.equals(assertion.claims().get("sub")))
                .count();
    }

    /** The JWTs that were accepted, oldest first. */
    public List<Assertion> assertions() {
        return state.logins.accepted();
    }

    /** The Qlik user id of a subject that has logged in. */
    public Optional<String> userId(String subject) {
        return state.users.ofSubject(subject).map(User::id);
    }

    /** How many API keys were made, those that are gone included. */
    public int keysMade() {
        return state.keys.made();
    }

    public int keysMade(String subject) {
        return userId(subject).map(state.keys::madeFor).orElse(0);
    }

    /** The subject's active API keys, oldest first. */
    public List<ApiKey> activeKeys(String subject) {
        return userId(subject).map(state.keys::activeOf).orElse(List.of()).stream()
                .sorted(Comparator.comparing(IssuedKey::number))
                .map(this::shown)
                .toList();
    }

    /** Every API key of every user but those that their owner deleted, oldest first. */
    public List<ApiKey> keys() {
        return state.keys.all().stream()
                .sorted(Comparator.comparing(IssuedKey::number))
                .map(this::shown)
                .toList();
    }

    /** Makes an API key as the subject itself would in its profile. Need not have logged in yet. */
    public ApiKey makeKey(String subject, String description, Duration lifetime) {
        String user = state.users.login(subject, subject, null, List.of()).id();
        return shown(state.keys.make(user, user, description, lifetime));
    }

    /** The token that was shown when a key was made. */
    public String tokenOf(String id) {
        return state.keys.find(id).orElseThrow().token();
    }

    private ApiKey shown(IssuedKey key) {
        return new ApiKey(
                key.id(),
                key.description(),
                key.status(clock.instant()),
                key.expiry(),
                state.users.find(key.userId()).map(User::subject).orElse(""),
                key.userId());
    }

    /** Revokes a key as a tenant admin would. */
    public void revokeKey(String id) {
        state.keys.revoke(id);
    }

    /** Every request that came, in order, refused and unknown ones included. */
    public List<Call> calls() {
        return calls("/");
    }

    public List<Call> calls(String pathPrefix) {
        return state.calls.under(pathPrefix);
    }
}
