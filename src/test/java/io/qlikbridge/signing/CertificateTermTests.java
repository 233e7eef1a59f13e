package io.qlikbridge.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.connection.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateTermTests {

    private static final Instant END = Instant.parse("2031-03-01T10:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void warningWhenMoreThanSixtyDaysAreLeftIsNone() {
        assertThat(term(KeyState.ACTIVE).warning(before(61))).isEmpty();
        assertThat(term(KeyState.ACTIVE).warning(before(60).minus(SECOND))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "60, ends in 60 days, Plan its rotation",
        "31, ends in 31 days, Plan its rotation",
        "30, ends in 30 days, Rotate it now",
        "8, ends in 8 days, Rotate it now",
        "7, ends in 7 days, Rotate it at once",
        "1, ends in 1 day, Rotate it at once",
        "0, ends in less than a day, Rotate it at once"
    })
    void warningWhenDaysAreLeftSaysHowManyAndWhatToDo(int days, String left, String advice) {
        assertThat(term(KeyState.ACTIVE).warning(before(days)).orElseThrow())
                .startsWith("The certificate of the active signing key key-1 of the connection main " + left
                        + ", on 2031-03-01. " + advice)
                .contains("second identity provider");
    }

    @Test
    void warningWhenADayHasBegunCountsItNot() {
        assertThat(term(KeyState.ACTIVE).warning(before(60).plus(SECOND)).orElseThrow())
                .contains("ends in 59 days");
    }

    @Test
    void warningWhenItHasEndedSaysSo() {
        assertThat(term(KeyState.ACTIVE).warning(END.plus(SECOND)).orElseThrow())
                .contains("main ended on 2031-03-01. The tenant may refuse every sign-in. Rotate it at once");
    }

    @Test
    void warningWhenTheKeyIsStagedSaysToReplaceIt() {
        assertThat(term(KeyState.STAGED).warning(before(30)).orElseThrow())
                .startsWith("The certificate of the staged signing key key-1")
                .endsWith("Activate another one in its place, or delete it and stage a new one.");
    }

    @Test
    void daysLeftWhenItHasEndedIsNegative() {
        assertThat(term(KeyState.ACTIVE).daysLeft(before(60))).isEqualTo(60);
        assertThat(term(KeyState.ACTIVE).daysLeft(END)).isZero();
        assertThat(term(KeyState.ACTIVE).daysLeft(END.plus(SECOND))).isEqualTo(-1);
    }

    private static Instant before(int days) {
        return END.minus(Duration.ofDays(days));
    }

    private static CertificateTerm term(KeyState state) {
        return new CertificateTerm(new UUID(0, 1), new ConnectionId("main"), "key-1", state, END);
    }
}
