package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.paging.Page;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.ContentRelay.Route.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A deployment in memory, which issues credentials that last for a while and shows each subject an app of its name. */
public final class FakeDeployment
        implements Deployment, CredentialIssuer, CredentialRevoker, CredentialInventory, AppCatalog {

    private record Key(String id, String subject, String description) {}

    private final Clock clock;
    private final Duration lifetime;
    private final Map<String, Key> keysByToken = new ConcurrentHashMap<>();
    private final Set<String> losing = ConcurrentHashMap.newKeySet();
    private final Set<String> keeping = ConcurrentHashMap.newKeySet();
    private final AtomicInteger issued = new AtomicInteger();

    public FakeDeployment(Clock clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** How many credentials of a subject are accepted. */
    public long accepted(Subject subject) {
        return keysByToken.values().stream()
                .filter(key -> key.subject().equals(subject.value()))
                .count();
    }

    /** Accepts none of those any more that it has issued to a subject up to now. */
    public void forgetAll(Subject subject) {
        keysByToken.values().removeIf(key -> key.subject().equals(subject.value()));
    }

    /** Issues a credential that none of ours asked for. */
    public void issueElsewhere(Subject subject, String description) {
        keep(subject, description);
    }

    /** The answer to the next issue for a subject is lost on its way, though the credential is issued. */
    public void loseNextAnswer(Subject subject) {
        losing.add(subject.value());
    }

    /** Whether that has happened. */
    public boolean hasLostAnswer(Subject subject) {
        return !losing.contains(subject.value());
    }

    /** Refuses to end credentials of a subject, until it is told otherwise. */
    public void refuseToEnd(Subject subject, boolean refuses) {
        if (refuses) {
            keeping.add(subject.value());
        } else {
            keeping.remove(subject.value());
        }
    }

    @Override
    public ConnectionType type() {
        return FakeKind.TYPE;
    }

    @Override
    public AppCatalog catalog() {
        return this;
    }

    @Override
    public ConnectionProbe probe() {
        return (connection, request) -> List.of();
    }

    /** Says who reads what; nobody is refused but by the credential. */
    @Override
    public Optional<ContentRelay> relay() {
        return Optional.of(new ContentRelay() {
            @Override
            public List<Route> routes() {
                return List.of(
                        new Route("content", Reader.USER),
                        new Route("content/*", Reader.USER),
                        new Route("people/*", Reader.ONESELF),
                        new Route("about", Reader.ANYBODY));
            }

            @Override
            public Set<String> credentialParameters() {
                return Set.of("fake-key");
            }

            @Override
            public RelayedAnswer get(Connection connection, @Nullable ActingAs caller, RelayedRequest request) {
                String reader = "nobody";
                if (caller != null) {
                    Key key = keysByToken.get(caller.requireCredential().token());
                    if (key == null) {
                        throw new CredentialRefused(
                                "The key is not known.",
                                new UpstreamAnswer("content", 401, null, null, null),
                                answer(401, "refused"));
                    }
                    reader = key.subject();
                }
                return answer(200, reader + " reads " + request.target());
            }
        });
    }

    private static RelayedAnswer answer(int status, String text) {
        return RelayedAnswer.whole(status, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<CredentialIssuer> issuer(Connection connection) {
        return Optional.of(this);
    }

    @Override
    public Terms terms(Connection connection) {
        return new Terms(lifetime, lifetime, 2, true, "keys last " + lifetime + " at most", "ask for less");
    }

    @Override
    public Optional<CredentialRevoker> revoker() {
        return Optional.of(this);
    }

    @Override
    public Optional<CredentialInventory> inventory() {
        return Optional.of(this);
    }

    @Override
    public IssuedCredential issue(Connection connection, Subject subject, String description, Runnable proceed) {
        proceed.run();
        IssuedCredential made = keep(subject, description);
        if (losing.remove(subject.value())) {
            throw new TenantException(ProblemCode.TENANT_UNREACHABLE, "The answer was lost.", null, null, true, null);
        }
        return made;
    }

    private IssuedCredential keep(Subject subject, String description) {
        String id = "key-" + issued.incrementAndGet();
        String token = "token of " + id;
        keysByToken.put(token, new Key(id, subject.value(), description));
        return new IssuedCredential(
                new Credential(id, token, clock.instant().plus(lifetime)), "user of " + subject.value());
    }

    @Override
    public void revoke(Connection connection, Subject subject, Credential credential) {
        if (keeping.contains(subject.value())) {
            throw refused(Refusal.CALL, "The key is kept.");
        }
        keysByToken.remove(credential.token());
    }

    @Override
    public Visit visit(Connection connection, Subject subject, @Nullable IssuedCredential held) {
        return new Visit() {
            @Override
            public List<CredentialInventory.Kept> described(String beginning) {
                return keysByToken.values().stream()
                        .filter(key -> key.subject().equals(subject.value())
                                && key.description().startsWith(beginning))
                        .map(key -> new CredentialInventory.Kept(key.id(), key.description()))
                        .toList();
            }

            @Override
            public void end(CredentialInventory.Kept credential) {
                keysByToken.values().removeIf(key -> key.id().equals(credential.id()));
            }
        };
    }

    @Override
    public Page<App> apps(Connection connection, ActingAs caller, AppQuery query) {
        Key key = keysByToken.get(caller.requireCredential().token());
        if (key == null) {
            throw refused(Refusal.CREDENTIAL, "The key is not known.");
        }
        return new Page<>(List.of(app(key.subject())), null);
    }

    private static TenantException refused(Refusal refusal, String finding) {
        return new TenantException(ProblemCode.TENANT_REFUSED, refusal, finding, null, null, null, false, null);
    }

    static App app(String subject) {
        return new App(subject, null, "App of " + subject, "", null, null, null, null, null, null, null, null);
    }
}
