package io.qlikbridge.cloudcall;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TestCalls;
import io.qlikbridge.upstream.UpstreamErrors;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import tools.jackson.databind.json.JsonMapper;

class VerdictTests {

    private static final String HOST = "https://tenant.eu.qlikcloud.com";
    private static final String COMPARE = "Compare the issuer and key id";
    private static final String PERMISSION = "the key's permission";
    private static final String ENVELOPE =
            "{\"errors\":[{\"code\":\"X-1\",\"title\":\"Refused <b>here</b>\"}],\"traceId\":\"0a\"}";
    private static final String PAGE = "<html><body>Something else</body></html>";

    static IntStream statuses() {
        return IntStream.rangeClosed(100, 599).filter(status -> status / 100 != 2 && status / 100 != 3);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void refusedAtEachStepHasARemedyOfItsClass(int status) {
        for (TenantCall call : List.of(
                login("eyJ.e30.c2ln"),
                call("api-keys", HttpMethod.POST, "/api/v1/api-keys", HttpHeaders.AUTHORIZATION, "Bearer k"),
                call("items", HttpMethod.GET, "/api/v1/items", HttpHeaders.AUTHORIZATION, "Bearer k"),
                call("csrf-token", HttpMethod.GET, "/api/v1/csrf-token", HttpHeaders.COOKIE, "eas.sid=s"))) {
            for (String body : List.of(ENVELOPE, PAGE, "", "{}", "nope")) {
                boolean login = call.step().equals(CloudCall.LOGIN);
                TenantException refused = refused(call, status, body, login ? COMPARE + "." : PERMISSION);
                String where = status + " " + call.step() + " " + body;

                assertThat(refused.detail())
                        .as(where)
                        .endsWith(status == 429 ? "seconds." : " " + refused.remedy())
                        .doesNotContain("<", ">");
                assertThat(refused.finding())
                        .as(where)
                        .contains(status == 429 ? "limits" : String.valueOf(status), call.step());
                assertThat(refused.detail().contains(COMPARE))
                        .as(where)
                        .isEqualTo(login && status == 401 && !body.equals(PAGE));
                if (refused.detail().contains(PERMISSION)) {
                    assertThat(status).as(where).isIn(400, 403, 422);
                }
                if (status >= 500) {
                    assertThat(refused.code())
                            .as(where)
                            .isNotIn(ProblemCode.ASSERTION_REFUSED, ProblemCode.API_KEY_REFUSED);
                }
            }
        }
    }

    @Test
    void refusedWhenTheAssertionIsTooLargeNamesItsGroups() {
        for (int status : new int[] {431, 413, 494}) {
            TenantException refused = refused(login(assertion(400)), status, PAGE, COMPARE);

            assertThat(refused.code()).isEqualTo(ProblemCode.ASSERTION_REFUSED);
            assertThat(refused.remedy()).contains("400 groups", "bytes").doesNotContain(COMPARE);
        }
        assertThat(refused(login(assertion(1)), 400, PAGE, COMPARE).remedy()).contains("1 group in it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | INTERNAL-TOKEN-1 | JWT_LOGIN_VALIDATIONS Missing required claim: nbf | clock",
                "400 | INTERNAL-TOKEN-1 | Invalid claim iss | issuer",
                "400 | INTERNAL-TOKEN-1 | Missing required claim: email | e-mail",
                "400 | INTERNAL-TOKEN-1 | Invalid claim: groups | groups at the bridge",
                "400 | INTERNAL-TOKEN-1 | Duplicate claim: jti | seen this assertion",
                "401 | LOGIN-2 | No authentication | host of the connection",
                "400 | LOGIN-12 | Several | e-mail address",
                "403 | AUTH-5 | No member | no member",
                "403 | USER_INVITE_EXPIRED | Expired | Invite the user again",
            })
    void refusedByAKnownCodeHasItsRemedy(int status, String code, String detail, String said) {
        String body = "{\"errors\":[{\"code\":\"" + code + "\",\"title\":\"t\",\"detail\":\"" + detail + "\"}]}";

        TenantException refused = refused(login("a.b.c"), status, body, COMPARE);

        assertThat(refused.code()).isEqualTo(ProblemCode.ASSERTION_REFUSED);
        assertThat(refused.remedy()).contains(said).doesNotContain(COMPARE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://sso.example.org/login?x=eyJhbGciOi | sso.example.org",
                "/login | sign-in page",
                "http://tenant.eu.qlikcloud.com/ | http://tenant.eu.qlikcloud.com",
                "::: | not an address",
            })
    void redirectedNamesWhereTo(String location, String said) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.LOCATION, location);

        TenantException redirected = UpstreamErrors.redirected(
                login("a.b.c"), new TenantAnswer(HttpStatusCode.valueOf(302), headers, new byte[0]));

        assertThat(redirected.code()).isEqualTo(ProblemCode.TENANT_ANSWER_UNREADABLE);
        assertThat(redirected.detail()).contains(said).doesNotContain("eyJ");
    }

    private static TenantCall login(String assertion) {
        return call(
                CloudCall.LOGIN,
                HttpMethod.POST,
                "/login/jwt-session",
                HttpHeaders.AUTHORIZATION,
                "Bearer " + assertion);
    }

    private static TenantCall call(String step, HttpMethod method, String path, String header, String shown) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(header, shown);
        String body = method.equals(HttpMethod.GET) ? null : "{}";
        return CloudCall.of(TestCalls.connection(HOST), step, method, URI.create(HOST + path), headers, body);
    }

    private static String assertion(int groups) {
        String claims = new JsonMapper().writeValueAsString(Map.of("groups", Collections.nCopies(groups, "g")));
        return "eyJ." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    private static TenantException refused(TenantCall call, int status, String body, String remedy) {
        ProblemCode code =
                call.step().equals(CloudCall.LOGIN) ? ProblemCode.ASSERTION_REFUSED : ProblemCode.API_KEY_REFUSED;
        return CloudRefusals.refused(
                code,
                call,
                new TenantAnswer(
                        HttpStatusCode.valueOf(status), new HttpHeaders(), body.getBytes(StandardCharsets.UTF_8)),
                remedy);
    }
}
