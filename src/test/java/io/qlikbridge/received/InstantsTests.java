package io.qlikbridge.received;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

    @Test
    void printedInstantIsOneThatJavaPrintsInTheSameWay() {
        Random random = new Random(4712);
        int printed = 0;
        for (int count = 0; count < 20_000; count++) {
            byte[] text = nearlyAnInstant(random);
            if (Instants.isPrinted(text, 0, text.length)) {
                printed++;
                String same = new String(text, StandardCharsets.ISO_8859_1);
                assertThat(Instants.parse(same)).hasToString(same);
            }
        }
        assertThat(printed).isGreaterThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05Z",
                "2026-12-31T23:59:59.120Z",
                "2026-04-30T00:00:00.000001Z",
                "0000-02-28T00:00:00.123456700Z"
            })
    void instantAsTenantsWriteItIsPrinted(String text) {
        assertThat(Instants.isPrinted(("\"" + text + "\"").getBytes(StandardCharsets.UTF_8), 1, 1 + text.length()))
                .isTrue();
    }

    /** An instant as Java prints it, or with one of its characters changed, or with other digits. */
    private static byte[] nearlyAnInstant(Random random) {
        long nanos = random.nextInt(1_000) * (long) Math.pow(1_000, random.nextInt(3));
        Instant any = Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L), nanos);
        byte[] text = any.toString().getBytes(StandardCharsets.US_ASCII);
        String others = "0123456789-:.TZ\u00e9";
        for (int count = random.nextInt(3); count > 0; count--) {
            text[random.nextInt(text.length)] = (byte) others.charAt(random.nextInt(others.length()));
        }
        return text;
    }
}
