package io.qlikbridge.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.SubjectPolicy;
import io.qlikbridge.connection.TestConnections;
import io.qlikbridge.news.Kind;
import io.qlikbridge.news.News;
import io.qlikbridge.news.TestNews;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectsTests {

    private static final ConnectionId MAIN = new ConnectionId("main");
    private static final UUID ADA = UUID.fromString("01980000-0000-7000-8000-000000000001");

    private final Map<String, String> mappings = new HashMap<>();
    private final News news = TestNews.arriving();
    private int reads;
    private final LocalUserStore store = new LocalUserStore(null, event -> {}, news, null) {
        @Override
        Optional<String> mapping(UUID user, ConnectionId connection) {
            reads++;
            return Optional.ofNullable(mappings.get(user + "@" + connection));
        }

        @Override
        boolean isMapped(String subject, ConnectionId connection) {
            return mappings.entrySet().stream()
                    .anyMatch(mapping -> mapping.getKey().endsWith("@" + connection)
                            && mapping.getValue().equals(subject));
        }
    };
    private final Subjects subjects = new Subjects(store, news);

    @ParameterizedTest
    @CsvSource({
        "{username},ada",
        "acme|{username},acme|ada",
        "{email},ada@example.org",
        "{username}/{email}/{username},ada/ada@example.org/ada"
    })
    void ofWhenNotMappedIsWhatTheTemplateMakes(String template, String subject) {
        assertThat(subjects.of(byTemplate(template), ada("ada")).value()).isEqualTo(subject);
    }

    @ParameterizedTest
    @CsvSource({
        "{email},{username}|{email},{email}|ada@example.org",
        "{username},{username},{username}",
        "{user{email}name},{username},{user{email}name}",
        "$1\\,x-{username},x-$1\\"
    })
    void ofWhenUsernameLooksLikeAPlaceholderTakesItAsItIs(String username, String template, String subject) {
        assertThat(subjects.of(byTemplate(template), ada(username)).value()).isEqualTo(subject);
    }

    @Test
    void ofWhenMappedIsTheMappedSubjectOfThatConnectionAlone() {
        mappings.put(ADA + "@main", "hr|4711");

        assertThat(subjects.of(byTemplate("{username}"), ada("ada"))).isEqualTo(new Subject(ada("ada"), "hr|4711"));
        assertThat(subjects.of(mappedOnly(), ada("ada")).value()).isEqualTo("hr|4711");
        assertThat(subjects.of(TestConnections.connection(new ConnectionId("other")), ada("ada"))
                        .value())
                .isEqualTo("ada");
    }

    @Test
    void ofWhenTemplateMakesASubjectThatAnotherIsMappedToIsRefused() {
        mappings.put("01980000-0000-7000-8000-000000000002@main", "hr|4711");
        mappings.put("01980000-0000-7000-8000-000000000002@other", "ada");

        assertThat(refusal(byTemplate("{username}"), ada("hr|4711")).code()).isEqualTo(ProblemCode.SUBJECT_NOT_MAPPED);
        assertThat(subjects.of(byTemplate("{username}"), ada("ada")).value()).isEqualTo("ada");
    }

    @Test
    void ofWhenMappedAloneCountAndUserIsNotIsRefused() {
        assertThat(refusal(mappedOnly(), ada("ada")).code()).isEqualTo(ProblemCode.SUBJECT_NOT_MAPPED);
    }

    @Test
    void ofWhenUserIsDisabledIsRefusedEvenIfMapped() {
        mappings.put(ADA + "@main", "hr|4711");
        LocalUser disabled = new LocalUser(ADA, new Username("ada"), null, null, false, List.of(), false);

        assertThat(refusal(byTemplate("{username}"), disabled).code()).isEqualTo(ProblemCode.USER_DISABLED);
    }

    @Test
    void ofWhenTemplateNeedsAnAddressThatIsNotVerifiedIsRefused() {
        LocalUser unverified = user("ada", "ada@example.org", false);
        LocalUser without = user("ada", null, false);

        assertThat(refusal(byTemplate("{email}"), unverified).code()).isEqualTo(ProblemCode.SUBJECT_NOT_MAPPED);
        assertThat(refusal(byTemplate("{username}{email}"), without).code()).isEqualTo(ProblemCode.SUBJECT_NOT_MAPPED);
        assertThat(subjects.of(byTemplate("{username}"), unverified).value()).isEqualTo("ada");
    }

    @Test
    void ofWhenUsernamesDifferInCaseAloneAreTwoSubjects() {
        Connection connection = byTemplate("{username}");

        assertThat(subjects.of(connection, ada("Ada")).value())
                .isNotEqualTo(subjects.of(connection, ada("ada")).value());
    }

    @Test
    void rememberedWhenNothingHasChangedReadsOnce() {
        mappings.put(ADA + "@main", "hr|4711");
        Connection connection = byTemplate("{username}");
        LocalUser ada = ada("ada");

        Subject first = subjects.remembered(connection, ada);

        assertThat(subjects.remembered(connection, ada)).isSameAs(first);
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void rememberedWhenUserOrConnectionWasReadAgainReadsAgain() {
        mappings.put(ADA + "@main", "hr|4711");
        Connection connection = byTemplate("{username}");
        LocalUser ada = ada("ada");
        subjects.remembered(connection, ada);
        mappings.put(ADA + "@main", "hr|4712");

        assertThat(subjects.remembered(connection, ada("ada")).value()).isEqualTo("hr|4712");
        mappings.remove(ADA + "@main");
        assertThat(subjects.remembered(byTemplate("x-{username}"), ada).value()).isEqualTo("x-ada");
    }

    @Test
    void rememberedWhenItsSubjectIsGivenToAnotherIsRefused() {
        Connection connection = byTemplate("{username}");
        LocalUser ada = ada("ada");
        subjects.remembered(connection, ada);
        mappings.put("01980000-0000-7000-8000-000000000002@main", "ada");

        news.changed(Kind.SUBJECT, "main/ada");

        assertThat(catchThrowableOfType(BridgeException.class, () -> subjects.remembered(connection, ada))
                        .code())
                .isEqualTo(ProblemCode.SUBJECT_NOT_MAPPED);
    }

    private BridgeException refusal(Connection connection, LocalUser user) {
        return catchThrowableOfType(BridgeException.class, () -> subjects.of(connection, user));
    }

    private static Connection byTemplate(String template) {
        return TestConnections.connection(MAIN, SubjectPolicy.DEFAULT, template);
    }

    private static Connection mappedOnly() {
        return TestConnections.connection(MAIN, SubjectPolicy.MAPPED_ONLY, "{username}");
    }

    private static LocalUser ada(String username) {
        return user(username, "ada@example.org", true);
    }

    private static LocalUser user(String username, String email, boolean verified) {
        return new LocalUser(ADA, new Username(username), "Ada", email, verified, List.of(), true);
    }
}
