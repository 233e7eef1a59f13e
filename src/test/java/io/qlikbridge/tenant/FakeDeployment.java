package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.paging.Page;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A deployment in memory, which issues credentials that last for a while and shows each subject an app of its name. */
public final class FakeDeployment implements Deployment, CredentialIssuer, CredentialRevoker, AppCatalog {

    private final Clock clock;
    private final Duration lifetime;
    private final Map<String, String> subjectsByToken = new ConcurrentHashMap<>();
    private final AtomicInteger issued = new AtomicInteger();

    public FakeDeployment(Clock clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** How many credentials it has issued. */
    public int issued() {
        return issued.get();
    }

    /** How many of them are still accepted. */
    public int accepted() {
        return subjectsByToken.size();
    }

    /** Accepts none of those any more that it has issued up to now. */
    public void forgetAll() {
        subjectsByToken.clear();
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

    @Override
    public Optional<CredentialIssuer> issuer() {
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
    public IssuedCredential issue(Connection connection, Subject subject, String description, Runnable proceed) {
        proceed.run();
        String id = "key-" + issued.incrementAndGet();
        String token = "token of " + id;
        subjectsByToken.put(token, subject.value());
        return new IssuedCredential(
                new Credential(id, token, clock.instant().plus(lifetime)), "user of " + subject.value());
    }

    @Override
    public void revoke(Connection connection, Subject subject, Credential credential) {
        subjectsByToken.remove(credential.token());
    }

    @Override
    public Page<App> apps(Connection connection, ActingAs caller, AppQuery query) {
        String subject = subjectsByToken.get(caller.requireCredential().token());
        if (subject == null) {
            throw new TenantException(
                    ProblemCode.TENANT_REFUSED,
                    Refusal.CREDENTIAL,
                    "The key is not known.",
                    null,
                    null,
                    null,
                    false,
                    null);
        }
        return new Page<>(List.of(app(subject)), null);
    }

    static App app(String subject) {
        return new App(subject, null, "App of " + subject, "", null, null, null, null, null, null, null, null);
    }
}
