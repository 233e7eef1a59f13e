package io.qlikbridge.received;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.1Z",
                "2026-01-02T03:04:05.123456789Z",
                "1969-12-31T23:59:59.999Z",
                "0000-02-29T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2026-01-02T03:04:05+02:00",
                "2026-01-02T03:04:05.12-11:30",
                "2026-01-02T03:04:05.Z",
                "2026-01-02T03:04Z"
            })
    void parseWhenADateWithItsZoneIsWhatJavaReads(String text) {
        assertThat(Instants.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "yesterday",
                "2026-01-02",
                "2026-01-02T03:04:05",
                "2026-13-02T03:04:05Z",
                "2026-02-30T03:04:05Z",
                "2026-01-02T24:04:05Z",
                "2026-01-02T03:60:05Z",
                "2026-01-02T03:04:60Z",
                "2026-01-02T03:04:05.1234567890Z",
                "2026-01-02T03:04:05.12xZ",
                "2026-01-02 03:04:05Z",
                "٢٠٢٦-01-02T03:04:05Z"
            })
    void parseWhenNotADateIsNothing(String text) {
        assertThat(Instants.parse(text)).isNull();
    }

    @Test
    void parseWhenAnyInstantIsThatInstant() {
        Random random = new Random(4711);
        for (int count = 0; count < 10_000; count++) {
            Instant any = Instant.ofEpochSecond(
                    random.nextLong(-60_000_000_000L, 250_000_000_000L), random.nextInt(999_999_999));
            assertThat(Instants.parse(any.toString())).isEqualTo(any);
        }
    }
}
