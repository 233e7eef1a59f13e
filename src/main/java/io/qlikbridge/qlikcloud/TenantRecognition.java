package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudcall.CloudCall;
import io.qlikbridge.cloudcall.CloudError;
import io.qlikbridge.cloudcall.CloudRefusals;
import io.qlikbridge.cloudsession.CloudSession;
import io.qlikbridge.cloudsession.CloudSessions;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.Excerpt;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.UpstreamErrors;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Tells a Qlik Cloud tenant from another web server, without signing anybody in. A tenant need not serve {@code
 * product-info.json} (contract, section 17), but refuses in its own words to say who nobody is (section 15), and refuses a
 * session without an assertion by 400, 401 or 403 (section 2.4). That last is asked for only while the answers before
 * leave it open.
 */
@Component
class TenantRecognition {

    private final CloudSessions sessions;

    TenantRecognition(CloudSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * @throws ProbeOutcome failed, when this is no tenant, or one that is out of service
     */
    void require(Connection connection) {
        TenantAnswer asked = sessions.askAsNobody(connection);
        CloudError error = CloudError.in(asked);
        int status = asked.status().value();
        if ("LOGIN-2".equals(error.code())) {
            throw fault(connection, asked);
        }
        if (status != 404 && error.code() != null || isSomebody(asked) || leadsToUser(asked)) {
            return;
        }
        TenantAnswer login = sessions.loginAsNobody(connection);
        int answered = login.status().value();
        boolean refused = (answered == 400 || answered == 401 || answered == 403)
                && !login.isPage()
                && !wantsAnotherSignIn(login)
                && !"LOGIN-2".equals(CloudError.in(login).code());
        boolean opened = login.status().is2xxSuccessful()
                && CloudSession.from(login.headers()).isOpen()
                && !login.isPage();
        if (!refused && !opened && answered != 429) {
            throw fault(connection, login);
        }
    }

    private static boolean isSomebody(TenantAnswer answer) {
        Excerpt.Reading document = answer.document();
        JsonNode me = document == null ? null : document.object();
        return me != null && me.path("id").isString() && me.path("subject").isString();
    }

    private static boolean leadsToUser(TenantAnswer answer) {
        String location = answer.headers().getFirst(HttpHeaders.LOCATION);
        return answer.status().is3xxRedirection() && location != null && location.contains("/api/v1/users/");
    }

    private static boolean wantsAnotherSignIn(TenantAnswer answer) {
        String challenge = answer.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE);
        return challenge != null && !challenge.strip().regionMatches(true, 0, "Bearer", 0, "Bearer".length());
    }

    private static ProbeOutcome fault(Connection connection, TenantAnswer answer) {
        TenantCall call = CloudCall.get(connection, CloudCall.KNOCK, "/login/jwt-session", new HttpHeaders());
        if (answer.status().is3xxRedirection()) {
            return of(UpstreamErrors.redirected(call, answer));
        }
        if (answer.status().is2xxSuccessful()) {
            return ProbeOutcome.failed(
                    connection.host() + " answers, but not as a Qlik Cloud tenant: it gives "
                            + answer.status().value()
                            + (answer.isPage() ? " and a web page" : "")
                            + " to a request for a session without an assertion.",
                    "Check that the host of the connection is a Qlik Cloud tenant and that no proxy answers in its place.");
        }
        return of(CloudRefusals.refused(ProblemCode.TENANT_REFUSED, call, answer, "Check the host of the connection."));
    }

    private static ProbeOutcome of(TenantException failure) {
        String remedy = failure.remedy();
        return ProbeOutcome.failed(failure.finding(), remedy == null ? "Test again later." : remedy);
    }
}
