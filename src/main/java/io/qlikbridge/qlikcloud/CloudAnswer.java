package io.qlikbridge.qlikcloud;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/** What a tenant answered. The body and the headers may hold a credential. */
record CloudAnswer(HttpStatusCode status, HttpHeaders headers, byte[] body) {

    @Override
    public String toString() {
        return "CloudAnswer[status=" + status.value() + "]";
    }
}
