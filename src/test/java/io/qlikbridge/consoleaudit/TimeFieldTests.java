package io.qlikbridge.consoleaudit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFieldTests {

    @ParameterizedTest
    @CsvSource({
        "2026-11-30, 2026-11-30T00:00:00Z, 2026-12-01T00:00:00Z",
        "2026-11-30T10:00, 2026-11-30T10:00:00Z, 2026-11-30T10:01:00Z",
        "2026-11-30 10:00, 2026-11-30T10:00:00Z, 2026-11-30T10:01:00Z",
        "2026-11-30T10:00:05, 2026-11-30T10:00:05Z, 2026-11-30T10:00:06Z",
        "2026-11-30T10:00:05.5Z, 2026-11-30T10:00:05.5Z, 2026-11-30T10:00:06.5Z",
        "2026-11-30T10:00:00+02:00, 2026-11-30T08:00:00Z, 2026-11-30T08:00:01Z",
        "2024-02-29, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z"
    })
    void timeLastsAsLongAsItIsExact(String typed, Instant first, Instant next) {
        TimeField field = new TimeField(typed);

        assertThat(field.isReadable()).isTrue();
        assertThat(field.begins()).contains(first);
        assertThat(field.ends()).contains(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-02-30",
                "2026-13-01",
                "30.11.2026",
                "2026-11-30T25:00",
                "2026-11-30T10",
                "+999999999-12-31",
                "2026-11-30T10:00:00.1234567890",
                "<b>",
                "2026-11-30T10:00:00+99:00"
            })
    void whatIsNoTimeIsNotReadable(String typed) {
        assertThat(new TimeField(typed).isReadable()).isFalse();
    }

    @Test
    void lastMinuteThereIsEndsToo() {
        assertThat(new TimeField("9999-12-31T23:59").ends()).contains(Instant.parse("+10000-01-01T00:00:00Z"));
        assertThat(new TimeField(null).isReadable()).isTrue();
        assertThat(new TimeField(null).begins()).isEmpty();
    }
}
