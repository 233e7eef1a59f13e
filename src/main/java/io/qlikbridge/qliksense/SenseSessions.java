package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.signing.Assertion;
import io.qlikbridge.signing.SigningKeys;
import io.qlikbridge.sitecall.SiteCalls;
import io.qlikbridge.sitecall.SiteRefusals;
import io.qlikbridge.sitecall.SiteReply;
import io.qlikbridge.sitecall.SiteSession;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.CredentialRevoker;
import io.qlikbridge.tenant.IssuedCredential;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.tenant.Terms;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantHttp;
import io.qlikbridge.upstream.UpstreamErrors;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sessions at a virtual proxy, as the credentials that a site issues: a JWT buys one, and its cookie is shown from then on,
 * since a site allows few sessions a user (contract, section B.3). When one ends, only the site knows.
 */
@Component
class SenseSessions implements CredentialIssuer, CredentialRevoker {

    /** As long as one is used without asking whether there is a better one; in fact it ends when it is idle for half an hour. */
    private static final Duration KEPT = Duration.ofHours(24);

    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final String CSRF_TOKEN = "/qps/csrftoken";
    private static final int NOT_FOUND = 404;

    private final SigningKeys keys;
    private final SenseAssertions assertions;
    private final SiteCalls calls;
    private final TenantHttp http;
    private final AcceptedSubjects accepted;
    private final Clock clock;

    SenseSessions(
            SigningKeys keys,
            SenseAssertions assertions,
            SiteCalls calls,
            TenantHttp http,
            AcceptedSubjects accepted,
            Clock clock) {
        this.keys = keys;
        this.assertions = assertions;
        this.calls = calls;
        this.http = http;
        this.accepted = accepted;
        this.clock = clock;
    }

    @Override
    public IssuedCredential issue(Connection connection, Subject subject, String description, Runnable proceed) {
        SiteSession session = signIn(connection, subject, proceed);
        // the id is ours: that of the site is the secret
        Credential credential = new Credential(
                "session-" + UUID.randomUUID(), session.kept(), clock.instant().plus(KEPT));
        return new IssuedCredential(credential, subject.value());
    }

    /** One that is to be ended is ended before the next is opened, since only all of a user's can be ended. */
    @Override
    public Terms terms(Connection connection) {
        return new Terms(
                KEPT,
                KEPT,
                1,
                false,
                "sessions of connection " + connection.id() + " are kept for " + KEPT,
                "ask for a token, which jobs show to the virtual proxy themselves");
    }

    /** With time to connect, and to keep what came of it. */
    @Override
    public Duration longestCall() {
        return calls.signInTimeout().plus(MARGIN);
    }

    @Override
    public Optional<CredentialRevoker> revoker() {
        return Optional.of(this);
    }

    /**
     * Opens a session with the active signing key.
     *
     * @param proceed called before each call
     */
    SiteSession signIn(Connection connection, Subject subject, Runnable proceed) {
        JwtSettings settings = (JwtSettings) connection.settings();
        try {
            SiteSession session = open(connection, subject, () -> {
                proceed.run();
                return keys.sign(connection, assertions.about(subject, settings, SenseAssertions.LIFETIME));
            });
            accepted.add(connection, subject);
            return session;
        } catch (TenantException refused) {
            throw accepted.explained(connection, subject, refused);
        }
    }

    /**
     * Opens a session. Builds since November 2024 hand out a token against forged requests with it; older ones do not have
     * that address (contract, section B.3).
     *
     * @param tokens signs what is shown; called before each call that shows it, and never the same is shown twice
     */
    SiteSession open(Connection connection, Subject subject, Supplier<Assertion> tokens) {
        JwtSettings settings = (JwtSettings) connection.settings();
        TenantCall first = calls.signIn(connection, settings, tokens.get().value(), CSRF_TOKEN);
        TenantAnswer answer = http.exchange(first);
        boolean old =
                answer.status().value() == NOT_FOUND && !SiteReply.of(answer).isPage();
        SiteSession session = opened(first, answer, subject, old);
        if (session != null) {
            return session;
        }
        TenantCall second = calls.signIn(connection, settings, tokens.get().value(), SiteCalls.ABOUT);
        session = opened(second, http.exchange(second), subject, false);
        if (session == null) {
            throw UpstreamErrors.unreadable(second, "it sets no session cookie");
        }
        return session;
    }

    private static @Nullable SiteSession opened(TenantCall call, TenantAnswer answer, Subject subject, boolean absent) {
        SiteReply reply = SiteReply.of(answer);
        if (!reply.isSuccess() && !absent) {
            throw SignInRefusals.of(call, reply, subject);
        }
        return SiteSession.from(answer.headers());
    }

    /** Ends all sessions of the subject on the virtual proxy. One that is not let in any more is over. */
    @Override
    public void revoke(Connection connection, Subject subject, Credential credential) {
        if (credential.token().equals(Credential.LOST) || !(connection.settings() instanceof JwtSettings settings)) {
            return;
        }
        TenantCall call = calls.logout(connection, settings, SiteSession.of(credential));
        SiteReply reply = SiteReply.of(http.exchange(call));
        if (reply.isForged()) {
            throw SiteRefusals.forged(call, reply);
        }
        if (reply.status() >= 500 || reply.status() == 429) {
            throw SiteRefusals.refused(call, reply);
        }
    }
}
