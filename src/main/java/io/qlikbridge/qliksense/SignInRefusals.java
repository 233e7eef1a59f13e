package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.sitecall.SiteRefusals;
import io.qlikbridge.sitecall.SiteReply;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantCall;
import java.util.Locale;

/** Puts into words why a virtual proxy opened no session for a token (contract, section B.4). */
final class SignInRefusals {

    private SignInRefusals() {}

    static TenantException of(TenantCall call, SiteReply reply, Subject subject) {
        if (reply.isForged()) {
            return SiteRefusals.forged(call, reply);
        }
        if (reply.namesUnknownUser()) {
            return SiteRefusals.unknownUser(call, reply, subject.value());
        }
        if (reply.isSignIn()) {
            return otherMethod(call, reply);
        }
        return switch (reply.status()) {
            case 401 -> tokenRefused(call, reply, subject);
            case 403 -> isFull(reply) ? tooManySessions(call, reply, subject) : hostNotListed(call, reply);
            case 400, 404 -> SiteRefusals.noVirtualProxy(ProblemCode.ASSERTION_REFUSED, call, reply);
            default -> SiteRefusals.refused(call, reply);
        };
    }

    private static TenantException tokenRefused(TenantCall call, SiteReply reply, Subject subject) {
        Connection connection = call.connection();
        JwtSettings settings = (JwtSettings) connection.settings();
        String audience = settings.audience() == null ? "none" : "\"" + settings.audience() + "\"";
        return refused(
                call,
                reply,
                SiteRefusals.said(call, reply) + ": its " + SiteRefusals.proxy(connection) + " refused the token about "
                        + subject.value() + ", which names the user in the claims \"" + settings.userIdClaim()
                        + "\" and \""
                        + settings.userDirectoryClaim() + "\", and the audience " + audience + ".",
                "Compare with the virtual proxy in the QMC, section Authentication: the JWT certificate with that of the active"
                        + " signing key (GET /api/v1/connections/" + connection.id()
                        + "/signing-keys), the JWT attributes for user ID and user directory with those claims, in the same case,"
                        + " and the audience. See that both clocks agree, and that the user is not blocked there.");
    }

    private static TenantException otherMethod(TenantCall call, SiteReply reply) {
        return refused(
                call,
                reply,
                SiteRefusals.said(call, reply) + " and a page to sign in on: its "
                        + SiteRefusals.proxy(call.connection()) + " does not take JWTs.",
                "Set the authentication method of the virtual proxy to JWT in the QMC, or name another one in virtualProxy of"
                        + " the connection.");
    }

    private static TenantException hostNotListed(TenantCall call, SiteReply reply) {
        return refused(
                call,
                reply,
                SiteRefusals.said(call, reply) + ", as a site does for a host that is not on the allow list of its "
                        + SiteRefusals.proxy(call.connection()) + ".",
                "Put " + call.connection().host().getHost()
                        + " on the host allow list of the virtual proxy in the QMC (names alone, without scheme and port).");
    }

    private static TenantException tooManySessions(TenantCall call, SiteReply reply, Subject subject) {
        return refused(
                call,
                reply,
                SiteRefusals.said(call, reply) + ": it has as many sessions of " + subject.value()
                        + " as it allows in some five minutes.",
                "Wait for them to end. The bridge holds one: see who else opens sessions of this user, such as jobs that show a"
                        + " new token with each call in place of the cookie that they are given.");
    }

    private static boolean isFull(SiteReply reply) {
        String said = reply.beginning().toLowerCase(Locale.ROOT);
        return said.contains("session") || said.contains("parallel");
    }

    private static TenantException refused(TenantCall call, SiteReply reply, String finding, String remedy) {
        return SiteRefusals.refused(ProblemCode.ASSERTION_REFUSED, Refusal.SUBJECT, call, reply, finding, remedy);
    }
}
