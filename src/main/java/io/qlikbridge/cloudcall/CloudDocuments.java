package io.qlikbridge.cloudcall;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.upstream.Excerpt;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantHttp;
import io.qlikbridge.upstream.UpstreamErrors;
import io.qlikbridge.upstream.Wanted;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Tells a tenant's answers from its refusals, and reads the JSON in them. */
@Component
public class CloudDocuments {

    private final TenantHttp http;

    CloudDocuments(TenantHttp http) {
        this.http = http;
    }

    /** What is wanted of the JSON object that a GET answers with. */
    public JsonNode get(TenantCall call, Wanted wanted) {
        return object(call, successful(call, http.exchangeFollowing(call, wanted)));
    }

    /**
     * The same, where a refusal has a meaning of its own.
     *
     * @param code for a refusal
     * @param remedy what to change after a refusal
     */
    public JsonNode get(TenantCall call, Wanted wanted, ProblemCode code, String remedy) {
        return object(call, successful(call, http.exchangeFollowing(call, wanted), code, remedy));
    }

    /** The same of the JSON object that a call answers with which changes something. */
    public JsonNode change(TenantCall call, Wanted wanted, ProblemCode code, String remedy) {
        return object(call, successful(call, http.exchange(call, wanted), code, remedy));
    }

    /** The answer to a call, which is a success. */
    public TenantAnswer exchange(TenantCall call) {
        return successful(call, http.exchange(call));
    }

    /**
     * The answer, if it is a success.
     *
     * @param code for a refusal
     * @param remedy what to change after a refusal
     */
    public TenantAnswer exchange(TenantCall call, ProblemCode code, String remedy) {
        return successful(call, http.exchange(call), code, remedy);
    }

    /** What was wanted of the JSON object in an answer that is a success. */
    public JsonNode object(TenantCall call, TenantAnswer answer) {
        Excerpt.Reading document = answer.document();
        if (document == null) {
            throw UpstreamErrors.unreadable(call, "it is empty");
        }
        if (document.object() == null) {
            throw UpstreamErrors.unreadable(call, document.why());
        }
        return document.object();
    }

    private static TenantAnswer successful(TenantCall call, TenantAnswer answer) {
        return successful(call, answer, ProblemCode.TENANT_REFUSED, "See what the tenant says, and its audit log.");
    }

    private static TenantAnswer successful(TenantCall call, TenantAnswer answer, ProblemCode code, String remedy) {
        if (answer.status().is2xxSuccessful()) {
            return answer;
        }
        if (answer.status().is3xxRedirection()) {
            throw UpstreamErrors.redirected(call, answer);
        }
        throw CloudRefusals.refused(code, call, answer, remedy);
    }
}
