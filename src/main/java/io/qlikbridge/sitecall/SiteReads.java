package io.qlikbridge.sitecall;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.sensesettings.CertificateSettings;
import io.qlikbridge.sensesettings.SenseSettings;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.StreamedAnswer;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantHttp;
import io.qlikbridge.upstream.Wanted;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads the repository as a user, and tells a site that does not let the user in from one that merely refuses what is read:
 * both may be a 403 (contract, section A.5).
 */
@Component
public class SiteReads {

    private static final int NOT_MODIFIED = 304;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final SiteCalls calls;
    private final TenantHttp http;

    SiteReads(SiteCalls calls, TenantHttp http) {
        this.calls = calls;
        this.http = http;
    }

    /**
     * Opens a read.
     *
     * @param target path and query
     * @return the answer of the repository to a user that it knows, whatever its status
     * @throws TenantException that tells whether the session is over, or the user not known
     */
    public RelayedAnswer open(Connection connection, ActingAs caller, String target, HttpHeaders headers) {
        return open(calls.read(connection, caller, SiteCalls.REPOSITORY, target, headers), caller);
    }

    /**
     * Opens a document.
     *
     * @return the document, to be closed by the caller; empty where the repository has none at that address
     */
    public Optional<RelayedAnswer> document(Connection connection, ActingAs caller, String target) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        TenantCall call = calls.read(connection, caller, SiteCalls.REPOSITORY, target, headers);
        RelayedAnswer answer = open(call, caller);
        if (answer.status() / 100 == 2) {
            return Optional.of(answer);
        }
        try (answer) {
            if (answer.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw SiteRefusals.refused(call, SiteReply.readingInto(answer));
        }
    }

    private RelayedAnswer open(TenantCall call, ActingAs caller) {
        StreamedAnswer answer = http.open(call);
        boolean goesOn = false;
        try {
            SiteReply head = SiteReply.headOf(answer, "");
            if (head.isSuccess() && !head.isJson()) {
                // a page to sign in on need not say that it is one
                PeekedAnswer peeked = PeekedAnswer.of(answer);
                SiteReply reply = SiteReply.headOf(answer, peeked.beginning());
                if (reply.isPage()) {
                    throw refusal(call, caller, reply);
                }
                goesOn = true;
                return peeked;
            }
            if (head.isSuccess() || head.status() == NOT_MODIFIED || head.status() >= 500) {
                goesOn = true;
                return answer;
            }
            if (head.isSignIn() || head.isPage()) {
                throw refusal(call, caller, SiteReply.readingInto(answer));
            }
            RelayedAnswer refusal = answer.whole();
            requireKnown(call, caller, SiteReply.peekingInto(refusal));
            return refusal;
        } finally {
            if (!goesOn) {
                answer.close();
            }
        }
    }

    /** The repository's own words about itself, which every user may read. */
    public JsonNode about(Connection connection, ActingAs caller) {
        TenantCall call = calls.read(connection, caller, SiteCalls.REPOSITORY, SiteCalls.ABOUT, new HttpHeaders());
        return about(call, caller, http.exchange(call, Wanted.values("buildVersion", "schemaPath")));
    }

    /** @throws TenantException when it is none, or a refusal */
    public static JsonNode about(TenantCall call, ActingAs caller, TenantAnswer answer) {
        SiteReply reply = SiteReply.of(answer);
        JsonNode about = answer.document() == null ? null : answer.document().object();
        if (reply.isSuccess() && about != null) {
            return about;
        }
        throw refusal(call, caller, reply);
    }

    /** Where it may be the user, asks for what every user may read: if that is refused too, it is. */
    private void requireKnown(TenantCall call, ActingAs caller, SiteReply reply) {
        if (reply.status() == UNAUTHORIZED || reply.isForged() || reply.namesUnknownUser()) {
            throw refusal(call, caller, reply);
        }
        boolean byCertificate = SenseSettings.of(call.connection()) instanceof CertificateSettings;
        if (reply.status() == FORBIDDEN || byCertificate && reply.status() != TOO_MANY) {
            about(call.connection(), caller);
        }
    }

    /** Why a user was not let in. */
    public static TenantException refusal(TenantCall call, ActingAs caller, SiteReply reply) {
        boolean byCertificate = SenseSettings.of(call.connection()) instanceof CertificateSettings;
        if (reply.isForged()) {
            return SiteRefusals.forged(call, reply);
        }
        if (reply.namesUnknownUser()) {
            return SiteRefusals.unknownUser(call, reply, caller.subject().value());
        }
        // with a certificate that is taken and a document that everybody may read, there is but the user to refuse
        if (byCertificate && reply.status() / 100 == 4 && reply.status() != TOO_MANY && !reply.isPage()) {
            return SiteRefusals.unknownUser(call, reply, caller.subject().value());
        }
        if (!byCertificate && (reply.status() == UNAUTHORIZED || reply.status() == FORBIDDEN)) {
            return SiteRefusals.sessionOver(call, reply);
        }
        if (reply.isSignIn()) {
            return byCertificate ? SiteRefusals.notAnswering(call, reply) : SiteRefusals.sessionOver(call, reply);
        }
        if (reply.status() / 100 == 4 && reply.isPage() && !byCertificate) {
            return SiteRefusals.noVirtualProxy(ProblemCode.TENANT_REFUSED, call, reply);
        }
        return SiteRefusals.refused(call, reply);
    }
}
