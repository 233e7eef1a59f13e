package io.qlikbridge.received;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class JsonMarksTests {

    private final JsonMarks marks = new JsonMarks(JsonMarks.Of.STRINGS);
    private final JsonMarks plain = new JsonMarks(JsonMarks.Of.PLAIN_STRINGS);

    @Test
    void markIsFoundWhereverItIsAndWhereverThePartBegins() {
        for (int length = 0; length < 140; length++) {
            for (int at = 0; at < length; at++) {
                byte[] bytes = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
                bytes[at] = (byte) (at % 2 == 0 ? '"' : '\\');

                marks.read(bytes, 0, length);
                assertThat(marks.next(0)).isEqualTo(at);
                assertThat(marks.next(at)).isEqualTo(at);
                assertThat(marks.next(at + 1)).isEqualTo(length);
                marks.read(bytes, at, length);
                assertThat(marks.next(at)).isEqualTo(at);
                marks.read(bytes, 0, at);
                assertThat(marks.next(0)).isEqualTo(at);
            }
        }
    }

    @Test
    void marksAreTheSameAmongBytesOfEveryKind() {
        requireSame(marks, next -> next == '"' || next == '\\');
    }

    @Test
    void whatIsNoPlainTextIsMarkedWhereThatIsAskedFor() {
        requireSame(plain, next -> next == '"' || next == '\\' || next < ' ');
    }

    /** @param isMark of a byte with its sign */
    private static void requireSame(JsonMarks marks, IntPredicate isMark) {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 40 : 9_000)];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at++) {
                // neighbours of what is looked for, which borrow from one another
                bytes[at] = random.nextInt(3) == 0
                        ? (byte) ("\"\\#]![ \u001f\u007f\u00a0".charAt(random.nextInt(10)))
                        : bytes[at];
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);

            marks.read(bytes, from, to);

            int next = from;
            for (int at = from; at <= to; at++) {
                if (next < at || at == from) {
                    next = byBytes(bytes, at, to, isMark);
                }
                if (marks.next(at) != next) {
                    assertThat(marks.next(at))
                            .as("from %s to %s at %s", from, to, at)
                            .isEqualTo(next);
                }
            }
        }
    }

    private static int byBytes(byte[] bytes, int from, int to, IntPredicate isMark) {
        int at = from;
        while (at < to && !isMark.test(bytes[at])) {
            at++;
        }
        return at;
    }
}
