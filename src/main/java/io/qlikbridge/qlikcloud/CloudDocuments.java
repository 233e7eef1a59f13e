package io.qlikbridge.qlikcloud;

import io.qlikbridge.problem.ProblemCode;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells a tenant's answers from its refusals, and reads the JSON in them. */
@Component
class CloudDocuments {

    private final CloudHttp http;
    private final JsonMapper json = new JsonMapper();

    CloudDocuments(CloudHttp http) {
        this.http = http;
    }

    /** The JSON object that a GET answers with. */
    JsonNode get(CloudCall call) {
        return object(call, successful(call, http.exchangeFollowing(call)));
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

    /** The JSON object in an answer. */
    JsonNode object(CloudCall call, CloudAnswer answer) {
        try {
            JsonNode document = json.readTree(answer.body());
            if (document.isObject()) {
                return document;
            }
            throw Refusals.unreadable(call, "it is not a JSON object");
        } catch (JacksonException notJson) {
            throw Refusals.unreadable(call, "it is not JSON, or not all of it");
        }
    }

    private static CloudAnswer successful(CloudCall call, CloudAnswer answer) {
        return successful(call, answer, ProblemCode.TENANT_REFUSED, "See what the tenant says, and its audit log.");
    }

    private static CloudAnswer successful(CloudCall call, CloudAnswer answer, ProblemCode code, String remedy) {
        if (answer.status().is2xxSuccessful()) {
            return answer;
        }
        if (answer.status().is3xxRedirection()) {
            throw Refusals.unreadable(call, "it redirects, which this call never does");
        }
        throw Refusals.refused(code, call, answer, remedy);
    }
}
