package io.qlikbridge.sitecall;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.sensesettings.CertificateSettings;
import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.sensesettings.SenseSettings;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.UpstreamErrors;
import org.jspecify.annotations.Nullable;

/** Puts into words what a site refused (contract, sections A.5 and B.4). */
public final class SiteRefusals {

    private SiteRefusals() {}

    /** The session is over, however the site says so; another one may be opened. */
    public static TenantException sessionOver(TenantCall call, SiteReply reply) {
        return refused(
                ProblemCode.ASSERTION_REFUSED,
                Refusal.CREDENTIAL,
                call,
                reply,
                said(call, reply) + " to the user's session, which is how a site says that it has ended.",
                "If it says so to a new session as well, look whether the virtual proxy's session cookie header name is its own,"
                        + " and whether it is linked to every proxy that answers for the host.");
    }

    /** The site takes nobody of this name. */
    public static TenantException unknownUser(TenantCall call, SiteReply reply, String subject) {
        String remedy = SenseSettings.of(call.connection()) instanceof CertificateSettings
                ? "Compare the user directory and user id with those in the QMC, section Users: with certificates a site makes"
                        + " no users, they come by a user directory connector or their first log-on. Compare repositoryPort with"
                        + " the port of the repository service."
                : "See in the QMC, section Users, that the user exists there or may be made at the first log-on, and is not"
                        + " blocked or deleted.";
        return refused(
                ProblemCode.USER_NOT_AT_TENANT,
                Refusal.SUBJECT,
                call,
                reply,
                said(call, reply) + ": it does not know " + subject + ", or does not let it in.",
                remedy);
    }

    /** The pair against forged requests did not arrive as it was sent. */
    public static TenantException forged(TenantCall call, SiteReply reply) {
        return refused(
                ProblemCode.TENANT_REFUSED,
                Refusal.CALL,
                call,
                reply,
                said(call, reply)
                        + " for its check against forged requests (XSRF): the header X-Qlik-Xrfkey and the parameter"
                        + " xrfkey, which the bridge sends with every call, did not arrive as a pair.",
                "Look for a gateway or proxy between the bridge and the site that drops headers or changes queries.");
    }

    /** There is no such virtual proxy, or none that answers (contract, section B.1). */
    public static TenantException noVirtualProxy(ProblemCode code, TenantCall call, SiteReply reply) {
        return refused(
                code,
                code == ProblemCode.ASSERTION_REFUSED ? Refusal.SUBJECT : Refusal.CALL,
                call,
                reply,
                said(call, reply) + (reply.isPage() ? " and a web page" : "") + ", as a site does when it has no "
                        + proxy(call.connection()) + ", or has not linked it to the proxy service.",
                "Compare virtualProxy of the connection with the prefix in the QMC, Virtual proxies, and link that one to the"
                        + " Central proxy (Associated items, Proxies), with a load-balancing node.");
    }

    /** A page to sign in, where a document was to be. */
    public static TenantException notAnswering(TenantCall call, SiteReply reply) {
        return UpstreamErrors.unreadable(
                call,
                "it answers " + reply.status()
                        + " and a web page, or leads to one, where the repository has a document");
    }

    /** Anything else. */
    public static TenantException refused(TenantCall call, SiteReply reply) {
        if (reply.status() == 429) {
            return new TenantException(
                    ProblemCode.TENANT_RATE_LIMITED,
                    said(call, reply) + ": it limits the rate of calls. "
                            + UpstreamErrors.askAgainIn(reply.retryAfter()),
                    upstream(call, reply),
                    reply.retryAfter(),
                    false,
                    null);
        }
        if (reply.isPage() || reply.isRedirect()) {
            return notAnswering(call, reply);
        }
        String remedy = reply.status() == 403
                ? "The site knows the user, who lacks the right: see the security rules in the QMC."
                : "See the repository's log at the site.";
        return refused(ProblemCode.TENANT_REFUSED, Refusal.CALL, call, reply, said(call, reply) + ".", remedy);
    }

    public static TenantException refused(
            ProblemCode code,
            Refusal refusal,
            TenantCall call,
            SiteReply reply,
            String finding,
            @Nullable String remedy) {
        return new TenantException(code, refusal, finding, remedy, upstream(call, reply), null, false, null);
    }

    /** How a sentence about an answer begins. */
    public static String said(TenantCall call, SiteReply reply) {
        return call.connection().host() + " answered " + reply.status() + " at the step " + call.step();
    }

    /** The virtual proxy of a connection, in words. */
    public static String proxy(Connection connection) {
        String prefix = connection.settings() instanceof JwtSettings jwt ? jwt.virtualProxy() : "";
        return prefix.isEmpty() ? "default virtual proxy" : "virtual proxy \"" + prefix + "\"";
    }

    private static UpstreamAnswer upstream(TenantCall call, SiteReply reply) {
        return new UpstreamAnswer(call.step(), reply.status(), null, null, null);
    }
}
