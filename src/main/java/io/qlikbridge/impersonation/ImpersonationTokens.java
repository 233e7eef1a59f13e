package io.qlikbridge.impersonation;

import io.qlikbridge.cloudcall.CloudCall;
import io.qlikbridge.cloudcall.CloudDocuments;
import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.received.BearerToken;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.upstream.TenantAnswer;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.TenantHttp;
import io.qlikbridge.upstream.UpstreamErrors;
import io.qlikbridge.upstream.Wanted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Access tokens that a tenant gives the connection's OAuth client for a user (contract, section 10). */
@Component
class ImpersonationTokens {

    static final String ID = "access-token-";

    private static final String GRANT = "urn:qlik:oauth:user-impersonation";

    private static final Wanted ISSUED = Wanted.values("access_token", "token_type", "expires_at", "expires_in");

    /** Of a tenant that does not say when a token ends. */
    static final Duration USUAL_LIFETIME = Duration.ofHours(6);

    /** No token lasts longer: what says so is not the tenant's. */
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

    private final ClientAuthentication authentication;
    private final TenantHttp http;
    private final CloudDocuments documents;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();

    ImpersonationTokens(ClientAuthentication authentication, TenantHttp http, CloudDocuments documents, Clock clock) {
        this.authentication = authentication;
        this.http = http;
        this.documents = documents;
        this.clock = clock;
    }

    /** A new access token for whom the tenant finds by this subject; whether that is the subject is to be seen yet. */
    Credential token(Connection connection, Subject subject) {
        Instant asked = clock.instant();
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("grant_type", GRANT);
        request.putAll(authentication.parameters(connection));
        request.put("user_lookup", Map.of("field", "subject", "value", subject.value()));
        request.put("scope", CloudSettings.of(connection).scope());
        TenantCall call = call(
                connection,
                CloudCall.TOKEN,
                ClientAuthentication.TOKEN,
                new HttpHeaders(),
                json.writeValueAsString(request));
        TenantAnswer answer = http.exchange(call, ISSUED);
        if (!answer.status().is2xxSuccessful()) {
            throw TokenRefusals.of(call, answer, subject);
        }
        JsonNode issued = documents.object(call, answer);
        String token = issued.path("access_token").asString("");
        if (!BearerToken.isFit(token)) {
            throw UpstreamErrors.unreadable(call, "it lacks the access token");
        }
        // the id is ours: that of the tenant is in the secret
        return new Credential(ID + UUID.randomUUID(), token, end(call, issued, asked));
    }

    /**
     * Has the tenant end a token before its time (RFC 7009).
     *
     * @return whether the tenant does such a thing; where it does not, the token ends by itself
     */
    boolean revoke(Connection connection, Credential credential) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
        TenantCall call = call(connection, CloudCall.REVOKE, "/oauth/revoke", headers, form(connection, credential));
        TenantAnswer answer = http.exchange(call);
        if (answer.status().is2xxSuccessful()) {
            return true;
        }
        if (TokenRefusals.isNotServed(answer)) {
            return false;
        }
        throw TokenRefusals.ofRevocation(call, answer);
    }

    private String form(Connection connection, Credential credential) {
        Map<String, String> form = new LinkedHashMap<>(authentication.parameters(connection));
        form.put("token", credential.token());
        form.put("token_type_hint", "access_token");
        return form.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static TenantCall call(Connection connection, String step, String path, HttpHeaders headers, String body) {
        return CloudCall.of(
                connection,
                step,
                HttpMethod.POST,
                CloudCall.at(connection, path).build().toUri(),
                headers,
                body);
    }

    /** What is documented is {@code expires_at}; what OAuth has is {@code expires_in} (RFC 6749, section 5.1). */
    private static Instant end(TenantCall call, JsonNode issued, Instant asked) {
        Instant end = asked.plus(USUAL_LIFETIME);
        if (issued.path("expires_at").isString()) {
            end = instant(call, issued.path("expires_at").asString());
        } else if (issued.path("expires_in").isNumber()) {
            long seconds = issued.path("expires_in").asLong(0);
            end = asked.plusSeconds(Math.clamp(seconds, 0, LONGEST_LIFETIME.toSeconds()));
        }
        Instant latest = asked.plus(LONGEST_LIFETIME);
        return end.isAfter(latest) ? latest : end;
    }

    private static Instant instant(TenantCall call, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notADate) {
            throw UpstreamErrors.unreadable(call, "it does not say when the access token ends");
        }
    }
}
