package io.qlikbridge.cloudcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.upstream.TenantAnswer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

class CloudErrorTests {

    @Test
    void inWhenStatusIsATextAndTraceIdIsBesideTheErrors() {
        CloudError error = in("""
                {"errors": [{"title": "Invalid token request", "detail": "Missing required claim: nbf",
                  "code": "INTERNAL-TOKEN-1", "status": "400"}], "traceId": "00000000000000000000000000000001"}
                """);

        assertThat(error.code()).isEqualTo("INTERNAL-TOKEN-1");
        assertThat(error.words()).isEqualTo("Missing required claim: nbf (INTERNAL-TOKEN-1)");
        assertThat(error.traceId()).isEqualTo("00000000000000000000000000000001");
    }

    @Test
    void inWhenCodeStandsAtTheTopIsRead() {
        assertThat(in("{\"code\": \"CSRF-TOKEN-2\"}").code()).isEqualTo("CSRF-TOKEN-2");
    }

    @Test
    void inWhenStatusIsANumberAndThereIsNoTraceIdIsRead() {
        CloudError error = in("{\"errors\": [{\"code\": \"USERS-7\", \"title\": \"Not found\", \"status\": 404}]}");

        assertThat(error.words()).isEqualTo("Not found (USERS-7)");
        assertThat(error.traceId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Bad gateway</body></html>",
                "{",
                "null",
                "[]",
                "\"text\"",
                "42",
                "{\"errors\": []}",
                "{\"errors\": \"no\"}",
                "{\"errors\": [null]}",
                "{\"errors\": [{\"code\": {\"deep\": 1}}]}"
            })
    void inWhenThereIsNoErrorToReadIsNothing(String body) {
        CloudError error = in(body);

        assertThat(error.words()).isNull();
    }

    @Test
    void inWhenTextsHoldTokensOrControlCharactersShowsNeither() {
        CloudError error = in(
                "{\"errors\": [{\"code\": \"A\\nB\", \"title\": \"Token eyJhbGciOiJSUzI1NiJ9.e30.c2ln was bad\", \"detail\": \"0123456789012345678901234567890123456789\"}]}");

        assertThat(error.code()).isEqualTo("A B");
        assertThat(error.title()).isEqualTo("Token … was bad");
        assertThat(error.detail()).isEqualTo("…");
    }

    @Test
    void inWhenTextIsLongIsCut() {
        assertThat(in("{\"title\": \"" + "word ".repeat(1000) + "\"}").title()).hasSizeLessThan(300);
    }

    private static CloudError in(String body) {
        return CloudError.in(
                new TenantAnswer(HttpStatus.BAD_REQUEST, new HttpHeaders(), body.getBytes(StandardCharsets.UTF_8)));
    }
}
