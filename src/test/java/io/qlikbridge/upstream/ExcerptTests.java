package io.qlikbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.TenantException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTests {

    private static final Wanted WANTED = Wanted.values("id", "count", "on")
            .withObject("links", Wanted.NOTHING.withObject("next", Wanted.values("href")))
            .withList("data", 2, Wanted.values("name"));

    @Test
    void ofKeepsWhatIsWantedAndNothingElse() throws IOException {
        Excerpt.Reading reading = read(
                "{\"id\":\"a\",\"count\":12,\"on\":true,\"other\":{\"id\":[1,{}]},\"links\":{\"self\":{\"href\":\"x\"},\"next\":{\"href\":\"y\",\"rel\":\"z\"}},"
                        + "\"data\":[{\"name\":\"one\",\"text\":\"no\"},[{}],{\"name\":\"three\"}],\"last\":null}");

        assertThat(reading.object())
                .hasToString(
                        "{\"id\":\"a\",\"count\":12,\"on\":true,\"links\":{\"next\":{\"href\":\"y\"}},\"data\":[{\"name\":\"one\"},null]}");
    }

    @Test
    void ofWhenValuesAreWantedOfAListKeepsThose() throws IOException {
        Wanted wanted = Wanted.NOTHING.withValues("origins", 3);
        String document = "{\"origins\":[\"a\",{\"b\":[1]},7,\"d\"],\"other\":[\"x\"]}";

        Excerpt.Reading reading =
                Excerpt.of(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), wanted, null);

        assertThat(reading.object()).hasToString("{\"origins\":[\"a\",null,7]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"id\":\"a\"",
                "{\"id\":\"a\"}}",
                "{\"id\":\"a\"} {}",
                "<html>",
                "[]",
                "\"id\"",
                "null",
                "{\"data\":[",
                "{\"data\":[{\"name\":\"a\"}",
                "{\"other\":[[",
                "{\"id\":\"a\",\"id\":\"b\"}",
                "{\"data\":[],\"data\":[]}",
                "{\"data\":[{\"name\":\"a\",\"name\":\"a\"}]}"
            })
    void ofWhatCannotBeReadSaysWhy(String document) throws IOException {
        Excerpt.Reading reading = read(document);

        assertThat(reading.object()).isNull();
        assertThat(reading.why()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"data\":[[]        | ,[]",
                "{\"data\":           | [",
                "{\"data\":           | {\"data\":",
                "{\"a\":1             | ,\"a\":1",
                "{\"id\":\"           | x",
                "{\"                  | x",
                "{\"id\":1            | 1",
                "{\"id\":1.           | 1",
                "{\"id\":1e           | 1",
                "{\"other\":\"        | x",
                "{\"id\":\"           | \\u0041",
                "{\"id\":t            | r",
                "{                    | ` `"
            })
    void ofWhatHasNoEndReadsNoMoreThanTheLongestThatThereIs(String beginning, String more) throws IOException {
        Endless endless = new Endless(beginning, more);

        Excerpt.Reading reading = Excerpt.of(endless, WANTED, null);

        assertThat(reading.object()).isNull();
        assertThat(endless.sent).isLessThan(Excerpt.MOST_BYTES + 64 * 1024);
    }

    @Test
    void ofWhenTooMuchIsWantedKeepsNothing() throws IOException {
        Wanted all = Wanted.NOTHING.withList("data", 100, Wanted.values("name"));
        String element = "{\"name\":\"" + "x".repeat(30_000) + "\"},";

        assertThat(Excerpt.of(stream("{\"data\":[" + element.repeat(15) + "{}]}"), all, null)
                        .object())
                .isNotNull();
        assertThat(Excerpt.of(stream("{\"data\":[" + element.repeat(20) + "{}]}"), all, null)
                        .object())
                .isNull();
    }

    @Test
    void shareWhenATenantHasItsHalfOfTheRoomIsTooBusyAndOthersAreNot() {
        AnswerRoom room = new AnswerRoom(200_000);
        try (AnswerRoom.Share one = room.share(TestCalls.read("https://one.example.org", "ada"));
                AnswerRoom.Share more = room.share(TestCalls.read("https://one.example.org", "bob"));
                AnswerRoom.Share another = room.share(TestCalls.read("https://two.example.org", "ada"))) {
            one.add(90_000);
            assertThatExceptionOfType(TenantException.class)
                    .isThrownBy(() -> more.add(20_000))
                    .satisfies(busy -> assertThat(busy.code()).isEqualTo(ProblemCode.TOO_BUSY));
            another.add(80_000);
        }
        assertThat(room.held()).isZero();
    }

    private static Excerpt.Reading read(String document) throws IOException {
        return Excerpt.of(stream(document), WANTED, null);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Endless extends InputStream {

        private final byte[] beginning;
        private final byte[] more;
        private long sent;

        private Endless(String beginning, String more) {
            this.beginning = beginning.getBytes(StandardCharsets.UTF_8);
            this.more = more.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            long at = sent++;
            return at < beginning.length ? beginning[(int) at] : more[(int) ((at - beginning.length) % more.length)];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            for (int at = offset; at < offset + length; at++) {
                bytes[at] = (byte) read();
            }
            return length;
        }
    }
}
