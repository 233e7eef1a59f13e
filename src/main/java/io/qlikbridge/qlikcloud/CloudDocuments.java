package io.qlikbridge.qlikcloud;

import io.qlikbridge.problem.ProblemCode;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Tells a tenant's answers from its refusals, and reads the JSON in them. */
@Component
class CloudDocuments {

    private final CloudHttp http;

    CloudDocuments(CloudHttp http) {
        this.http = http;
    }

    /** What is wanted of the JSON object that a GET answers with. */
    JsonNode get(CloudCall call, Wanted wanted) {
        return object(call, successful(call, http.exchangeFollowing(call, wanted)));
    }

    /** The answer to a call, which is a success. */
    CloudAnswer exchange(CloudCall call) {
        return successful(call, http.exchange(call));
    }

    /**
     * The answer, if it is a success.
     *
     * @param code for a refusal
     * @param remedy what to change after a refusal
     */
    CloudAnswer exchange(CloudCall call, ProblemCode code, String remedy) {
        return successful(call, http.exchange(call), code, remedy);
    }

    /** What was wanted of the JSON object in an answer that is a success. */
    JsonNode object(CloudCall call, CloudAnswer answer) {
        Excerpt.Reading document = answer.document();
        if (document == null) {
            throw Refusals.unreadable(call, "it is empty");
        }
        if (document.object() == null) {
            throw Refusals.unreadable(call, document.why());
        }
        return document.object();
    }

    private static CloudAnswer successful(CloudCall call, CloudAnswer answer) {
        return successful(call, answer, ProblemCode.TENANT_REFUSED, "See what the tenant says, and its audit log.");
    }

    private static CloudAnswer successful(CloudCall call, CloudAnswer answer, ProblemCode code, String remedy) {
        if (answer.status().is2xxSuccessful()) {
            return answer;
        }
        if (answer.status().is3xxRedirection()) {
            throw Refusals.redirected(call, answer);
        }
        throw Refusals.refused(code, call, answer, remedy);
    }
}
