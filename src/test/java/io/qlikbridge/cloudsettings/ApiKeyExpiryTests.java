package io.qlikbridge.cloudsettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyExpiryTests {

    @ParameterizedTest
    @CsvSource({"P30D,2592000", "PT12H,43200", "P1DT1H1M1S,90061", "PT1S,1", "PT90M,5400", "P0DT1S,1"})
    void durationWhenIsoIsGivenIsItsLength(String iso, long seconds) {
        assertThat(new ApiKeyExpiry(iso).duration()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(new ApiKeyExpiry(iso).iso()).isEqualTo(iso);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "P1DT",
                "P0D",
                "PT0S",
                "-P1D",
                "P-1D",
                "+P1D",
                "PT2H-30M",
                "P1Y",
                "P1M",
                "P2W",
                "PT0.5S",
                "PT1,5S",
                "p30d",
                "30",
                "1 day",
                " P1D",
                "P1D ",
                "PT1H1D",
                "P99999999999999D",
                "P١D",
                "P1D\n"
            })
    void ofWhenIsoIsNotWholeAndPositiveIsRefused(String iso) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiKeyExpiry(iso));
    }

    @Test
    void atMostWhenLongerIsCut() {
        ApiKeyExpiry month = new ApiKeyExpiry("P30D");
        ApiKeyExpiry day = new ApiKeyExpiry("PT24H");

        assertThat(month.atMost(day)).isEqualTo(day);
        assertThat(day.atMost(month)).isEqualTo(day);
    }
}
