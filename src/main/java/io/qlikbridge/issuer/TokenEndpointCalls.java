package io.qlikbridge.issuer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Has Spring's OAuth client call token endpoints the way that all documents of issuers are fetched. */
final class TokenEndpointCalls implements ClientHttpRequestInterceptor {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    private final IssuerDocuments documents;

    TokenEndpointCalls(IssuerDocuments documents) {
        this.documents = documents;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        return new Received(
                documents.post(request.getURI(), request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION), body));
    }

    /** What is no JSON fails to be read as such, whatever its sender calls it. */
    private record Received(IssuerDocuments.Answer answer) implements ClientHttpResponse {

        /** A client is refused with 401 (RFC 6749, section 5.2), and Spring reads such an error of a 400 alone. */
        @Override
        public HttpStatusCode getStatusCode() {
            return HttpStatusCode.valueOf(answer.status() == UNAUTHORIZED ? BAD_REQUEST : answer.status());
        }

        @Override
        public String getStatusText() {
            return "";
        }

        @Override
        public HttpHeaders getHeaders() {
            HttpHeaders headers = new HttpHeaders();
            headers.setContentType(MediaType.APPLICATION_JSON);
            return headers;
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(answer.text().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
