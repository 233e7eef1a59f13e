package io.qlikbridge.received;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonScanTests {

    @Test
    void quoteOrBackslashIsFoundWhereverItIs() {
        for (int length = 0; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                for (char wanted : new char[] {'"', '\\'}) {
                    byte[] bytes = "x".repeat(length).getBytes();
                    bytes[at] = (byte) wanted;

                    assertThat(JsonScan.quoteOrBackslash(bytes, 0, length)).isEqualTo(at);
                    assertThat(JsonScan.quoteOrBackslash(bytes, 0, at)).isEqualTo(at);
                    assertThat(JsonScan.quoteOrBackslash(bytes, at + 1, length)).isEqualTo(length);
                }
            }
        }
    }

    @Test
    void quoteOrBackslashIsTheFirstAmongBytesOfEveryKind() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at++) {
                // neighbours of what is looked for, which borrow from one another
                bytes[at] = random.nextInt(3) == 0 ? (byte) ("\"\\#]![".charAt(random.nextInt(6))) : bytes[at];
            }
            int from = random.nextInt(bytes.length + 1);

            assertThat(JsonScan.quoteOrBackslash(bytes, from, bytes.length)).isEqualTo(byBytes(bytes, from));
        }
    }

    @Test
    void unplainIsTheFirstByteThatIsNoneOfAText() {
        Random random = new Random(8);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextInt(12) == 0 ? random.nextInt(256) : ' ' + random.nextInt(96));
            }
            int from = random.nextInt(bytes.length + 1);
            int first = from;
            while (first < bytes.length && bytes[first] >= ' ' && bytes[first] != '"' && bytes[first] != '\\') {
                first++;
            }

            assertThat(JsonScan.unplain(bytes, from, bytes.length)).isEqualTo(first);
        }
    }

    private static int byBytes(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }
}
