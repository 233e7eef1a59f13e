package io.qlikbridge.qlikcloud;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * What a tenant answered, as far as it is wanted. Headers, body and document may hold a credential.
 *
 * @param body of anything but a success
 * @param document of a success; {@code null} where that has no body
 */
record CloudAnswer(HttpStatusCode status, HttpHeaders headers, byte[] body, Excerpt.@Nullable Reading document) {

    CloudAnswer(HttpStatusCode status, HttpHeaders headers, byte[] body) {
        this(status, headers, body, null);
    }

    @Override
    public String toString() {
        return "CloudAnswer[status=" + status.value() + "]";
    }
}
