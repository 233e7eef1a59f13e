package io.qlikbridge.qliksense;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.sensesettings.JwtSettings;
import io.qlikbridge.sensesettings.TokenExpiry;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.username.Username;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SenseAssertionsTests {

    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00.400Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final SenseAssertions assertions = new SenseAssertions(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void userIsNamedInTheConfiguredClaims() {
        Map<String, Object> claims =
                assertions.about(user(null, false, List.of()), settings("user", "dir", null), HOUR);

        assertThat(claims).containsEntry("user", "ada").containsEntry("dir", "LAB");
        assertThat(claims).containsOnlyKeys("user", "dir", "jti", "iat", "nbf", "exp");
    }

    @Test
    void timesAreDatedBackAndLastAsLongAsWasAskedFor() {
        Map<String, Object> claims =
                assertions.about(user(null, false, List.of()), settings("userId", "userDirectory", null), HOUR);

        assertThat(claims)
                .containsEntry("iat", Instant.parse("2026-11-30T07:59:30Z").getEpochSecond());
        assertThat(SenseAssertions.endOf(claims)).isEqualTo(Instant.parse("2026-11-30T09:00:01Z"));
    }

    @Test
    void verifiedAddressGroupsAndAudienceAreSentAndNothingElse() {
        Subject unverified = user("ada@example.org", false, List.of());
        Subject verified = user("ada@example.org", true, List.of("Finance"));
        JwtSettings settings = settings("userId", "userDirectory", "sense");

        assertThat(assertions.about(unverified, settings, HOUR)).doesNotContainKeys("email", "group");
        assertThat(assertions.about(verified, settings, HOUR))
                .containsEntry("email", "ada@example.org")
                .containsEntry("group", List.of("Finance"))
                .containsEntry("aud", "sense");
    }

    @Test
    void noTwoAreAlike() {
        JwtSettings settings = settings("userId", "userDirectory", null);

        assertThat(assertions
                        .about(user(null, false, List.of()), settings, HOUR)
                        .get("jti"))
                .isNotEqualTo(assertions
                        .about(user(null, false, List.of()), settings, HOUR)
                        .get("jti"));
    }

    private static JwtSettings settings(String idClaim, String directoryClaim, @Nullable String audience) {
        return new JwtSettings("bridge", "LAB", idClaim, directoryClaim, audience, new TokenExpiry("PT1H"), true);
    }

    private static Subject user(@Nullable String email, boolean verified, List<String> groups) {
        return new Subject(
                new LocalUser(UUID.randomUUID(), new Username("ada"), null, email, verified, groups, true), "LAB\\ada");
    }
}
