package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /login/jwt-session}: a good JWT buys a session and, the first time, makes the user. */
final class LoginResource {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private final AssertionJudge judge;
    private final WebIntegrations integrations;
    private final Users users;
    private final Sessions sessions;
    private final Settings settings;
    private final Queue<Assertion> accepted = new ConcurrentLinkedQueue<>();

    LoginResource(
            AssertionJudge judge, WebIntegrations integrations, Users users, Sessions sessions, Settings settings) {
        this.judge = judge;
        this.integrations = integrations;
        this.users = users;
        this.sessions = sessions;
        this.settings = settings;
    }

    ResponseDefinition login(Incoming request) {
        request.allow("qlik-web-integration-id");
        integrations.check(request);
        SignedToken token = judge.judge(request.header("Authorization"));
        JsonNode claims = token.claims();
        String subject = claims.path("sub").asString();
        if (settings.disabledSubjects.contains(subject)) {
            throw new Refusal(403, "AUTH-6", "Forbidden", "The user is disabled.");
        }
        judge.useUp(token);
        Session session = sessions.start(users.login(
                subject, claims.path("name").asString(), verifiedEmail(claims), groups(claims.path("groups"))));
        accepted.add(
                new Assertion(JSON.convertValue(token.header(), MEMBERS), JSON.convertValue(token.claims(), MEMBERS)));
        return Answers.with(200, RandomText.traceId(), Map.of())
                .withHeader("Set-Cookie", sessions.cookies(session))
                .build();
    }

    List<Assertion> accepted() {
        return List.copyOf(accepted);
    }

    private static @Nullable String verifiedEmail(JsonNode claims) {
        return claims.path("email_verified").asBoolean() ? claims.path("email").asString() : null;
    }

    private static List<String> groups(JsonNode claim) {
        List<String> groups = new ArrayList<>();
        claim.forEach(group -> groups.add(group.asString()));
        return List.copyOf(groups);
    }
}
