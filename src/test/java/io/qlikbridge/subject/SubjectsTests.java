package io.qlikbridge.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.TestChanges;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.SubjectPolicy;
import io.qlikbridge.connection.TestConnections;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.username.Username;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectsTests {

    private static final ConnectionId MAIN = new ConnectionId("main");
    private static final UUID BOB = UUID.fromString("01980000-0000-7000-8000-000000000002");
    private static final UUID ADA = UUID.fromString("01980000-0000-7000-8000-000000000001");

    private final Map<String, String> mappings = new HashMap<>();
    private final ChangeFeed changes = TestChanges.arriving();
    private int reads;
    private final Map<UUID, LocalUser> users = new HashMap<>();
    private final Map<String, UUID> claims = new HashMap<>();
    private final LocalUserStore userStore = new LocalUserStore(null, event -> {}, changes, null) {
        @Override
        public Optional<MappedUser> find(UUID id) {
            Map<ConnectionId, String> mapped = Optional.ofNullable(mappings.get(id + "@main"))
                    .map(subject -> Map.of(MAIN, subject))
                    .orElse(Map.of());
            return Optional.ofNullable(users.get(id))
                    .map(user -> new MappedUser(user, mapped, Instant.EPOCH, Instant.EPOCH));
        }
    };
    private final SubjectStore store = new SubjectStore(null, null) {
        @Override
        Optional<String> mapping(UUID user, ConnectionId connection) {
            reads++;
            return Optional.ofNullable(mappings.get(user + "@" + connection));
        }

        @Override
        Standing standing(ConnectionId connection, String key, UUID claimant) {
            boolean mapped = mappings.entrySet().stream()
                    .anyMatch(mapping -> mapping.getKey().endsWith("@" + connection)
                            && QlikSpelling.key(mapping.getValue()).equals(key));
            return new Standing(mapped, claims.get(key + "@" + connection), false);
        }

        @Override
        Optional<UUID> claim(ConnectionId connection, String key, UUID user, UUID former) {
            String seat = key + "@" + connection;
            if (Objects.equals(claims.get(seat), former)) {
                claims.put(seat, user);
            }
            return Optional.of(claims.get(seat));
        }
    };
    private final Subjects subjects =
            new Subjects(userStore, new LocalUsers(userStore, null, Clock.systemUTC(), changes), store, changes);

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

    @ParameterizedTest
    @CsvSource({"hr|4800, HR|4800", "straße, STRASSE", "hr|1, \uff28\uff32|1"})
    void ofWhenSectionAccessTakesItForAMappedSubjectIsRefused(String mapped, String username) {
        mappings.put(BOB + "@main", mapped);

        assertThat(refusal(byTemplate("{username}"), ada(username)).code()).isEqualTo(ProblemCode.SUBJECT_NOT_MAPPED);
    }

    @Test
    void ofWhenUsernamesDifferInCaseAloneIsTheFirstOnes() {
        Connection connection = byTemplate("{username}");
        add(ada("ada"));
        LocalUser second = bob("ADA", true);

        assertThat(subjects.of(connection, ada("ada")).value()).isEqualTo("ada");
        assertThat(refusal(connection, second).code()).isEqualTo(ProblemCode.SUBJECT_NOT_MAPPED);
        assertThat(subjects.of(connection, ada("ada")).value()).isEqualTo("ada");
    }

    @Test
    void ofWhenTwoHaveOneVerifiedAddressIsTheFirstOnes() {
        Connection connection = byTemplate("{email}");
        add(ada("ada"));
        subjects.of(connection, ada("ada"));

        assertThat(refusal(connection, bob("partner:eve", true)).code()).isEqualTo(ProblemCode.SUBJECT_NOT_MAPPED);
    }

    @Test
    void ofWhenTheFirstIsDisabledMappedOrCalledOtherwisePassesOn() {
        Connection connection = byTemplate("{username}");
        add(ada("ada"));
        subjects.of(connection, ada("ada"));

        add(new LocalUser(ADA, new Username("ada"), null, null, false, List.of(), false));
        assertThat(subjects.present(connection, bob("Ada", true))).isPresent();
        assertThat(claims).containsValue(ADA);
        assertThat(subjects.of(connection, bob("Ada", true)).value()).isEqualTo("Ada");
        add(bob("Ada", true));
        add(ada("ada"));
        assertThat(refusal(connection, ada("ada")).code()).isEqualTo(ProblemCode.SUBJECT_NOT_MAPPED);
        add(bob("bob", true));
        assertThat(subjects.of(connection, ada("ada")).value()).isEqualTo("ada");
        mappings.put(ADA + "@main", "hr|4711");
        assertThat(subjects.of(connection, bob("ada", true)).value()).isEqualTo("ada");
    }

    @Test
    void rememberedWhenWhatQlikTakesForTheSameIsGivenToAnotherIsRefused() {
        Connection connection = byTemplate("{username}");
        LocalUser ada = ada("ada");
        subjects.cached(connection, ada);
        mappings.put(BOB + "@main", "ADA");

        changes.changed(new Change.OfSubject("main", "ADA"));

        assertThat(catchThrowableOfType(BridgeException.class, () -> subjects.cached(connection, ada))
                        .code())
                .isEqualTo(ProblemCode.SUBJECT_NOT_MAPPED);
    }

    private void add(LocalUser user) {
        users.put(user.id(), user);
    }

    private static LocalUser bob(String username, boolean verified) {
        return new LocalUser(BOB, new Username(username), "Bob", "ada@example.org", verified, List.of(), true);
    }

    @Test
    void rememberedWhenNothingHasChangedReadsOnce() {
        mappings.put(ADA + "@main", "hr|4711");
        Connection connection = byTemplate("{username}");
        LocalUser ada = ada("ada");

        Subject first = subjects.cached(connection, ada);

        assertThat(subjects.cached(connection, ada)).isSameAs(first);
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void rememberedWhenUserOrConnectionWasReadAgainReadsAgain() {
        mappings.put(ADA + "@main", "hr|4711");
        Connection connection = byTemplate("{username}");
        LocalUser ada = ada("ada");
        subjects.cached(connection, ada);
        mappings.put(ADA + "@main", "hr|4712");

        assertThat(subjects.cached(connection, ada("ada")).value()).isEqualTo("hr|4712");
        mappings.remove(ADA + "@main");
        assertThat(subjects.cached(byTemplate("x-{username}"), ada).value()).isEqualTo("x-ada");
    }

    @Test
    void rememberedWhenItsSubjectIsGivenToAnotherIsRefused() {
        Connection connection = byTemplate("{username}");
        LocalUser ada = ada("ada");
        subjects.cached(connection, ada);
        mappings.put("01980000-0000-7000-8000-000000000002@main", "ada");

        changes.changed(new Change.OfSubject("main", "ada"));

        assertThat(catchThrowableOfType(BridgeException.class, () -> subjects.cached(connection, ada))
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
