package io.qlikbridge.cloudsession;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class CloudSessionTests {

    @Test
    void fromReadsEachCookieFromAHeaderOfItsOwnThoughDatesHoldCommas() {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Set-Cookie", "AWSALB=abc; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/");
        headers.add("Set-Cookie", "eas.sid=s%3Aone; Path=/; Expires=Thu, 22 Oct 2026 07:28:00 GMT; HttpOnly");
        headers.add("Set-Cookie", "eas.sid.sig=two==; Path=/; HttpOnly");
        headers.add("Set-Cookie", "_csrfToken=token-1; Path=/");

        CloudSession session = CloudSession.from(headers);

        assertThat(session.csrfToken()).isEqualTo("token-1");
        assertThat(session.headers().getFirst("Cookie"))
                .isEqualTo("AWSALB=abc; eas.sid=s%3Aone; eas.sid.sig=two==; _csrfToken=token-1");
        assertThat(session.headers().getFirst("qlik-csrf-token")).isEqualTo("token-1");
    }

    @Test
    void fromWhenCookieIsNotOneLeavesItOut() {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Set-Cookie", "no-pair");
        headers.add("Set-Cookie", "=nameless");
        headers.add("Set-Cookie", "evil=a\r\nX-Injected: 1");

        assertThat(CloudSession.from(headers).cookies()).isEmpty();
    }

    @Test
    void toStringHidesTheCookies() {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Set-Cookie", "eas.sid=secret-session");
        headers.add("Set-Cookie", "_csrfToken=secret-token");

        assertThat(CloudSession.from(headers).toString()).contains("eas.sid").doesNotContain("secret");
    }
}
