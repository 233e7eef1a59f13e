package io.qlikbridge.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyEndTests {

    private static final Framing CHUNKED = new Framing(Framing.Kind.CHUNKED, -1);

    @Test
    void chunksAreFollowedWhereverTheyAreCut() {
        Random random = new Random(14);
        for (int round = 0; round < 500; round++) {
            StringBuilder content = new StringBuilder();
            StringBuilder body = new StringBuilder();
            for (int chunk = random.nextInt(5); chunk > 0; chunk--) {
                String piece = "x\r\n0".repeat(1 + random.nextInt(10));
                content.append(piece);
                String size = random.nextBoolean()
                        ? Integer.toHexString(piece.length())
                        : "00" + Integer.toHexString(piece.length()).toUpperCase();
                body.append(size)
                        .append(random.nextInt(4) == 0 ? ";a=b" : "")
                        .append("\r\n")
                        .append(piece)
                        .append("\r\n");
            }
            body.append("0\r\n")
                    .append(random.nextInt(4) == 0 ? "X-A: a\r\n" : "")
                    .append("\r\n");
            byte[] bytes = (body + "GET / HTTP/1.1").getBytes(ISO_8859_1);

            BodyEnd end = BodyEnd.of(CHUNKED);
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            int at = 0;
            int to = 0;
            while (!end.isReached() && to < bytes.length) {
                to = Math.min(bytes.length, to + 1 + random.nextInt(7));
                at = end.follow(bytes, at, to, (piece, from, until) -> read.write(piece, from, until - from));
            }

            assertThat(end.isReached()).isTrue();
            assertThat(at).isEqualTo(body.length());
            assertThat(read.toString(ISO_8859_1)).isEqualTo(content.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "g\r\n",
                "-1\r\n",
                "0x1\r\n",
                " 1\r\n",
                "1 \r\n",
                "1\n",
                "1\ra",
                "1\r\naa",
                "1\r\na\na",
                "1\r\na\r\r",
                "ffffffffffffffff\r\n",
                "0\r\n\n",
                "0\r\nX-A: a\n",
                "1;a\n"
            })
    void chunksThatCouldBeReadInTwoWaysAreMalformed(String body) {
        byte[] bytes = body.getBytes(ISO_8859_1);
        BodyEnd end = BodyEnd.of(CHUNKED);

        end.follow(bytes, 0, bytes.length, null);

        assertThat(end.isMalformed()).isTrue();
    }

    @Test
    void extensionsAndTrailersHaveAnEnd() {
        byte[] bytes = ("0;" + "a".repeat(2_000) + "\r\n\r\n").getBytes(ISO_8859_1);
        BodyEnd end = BodyEnd.of(CHUNKED);

        end.follow(bytes, 0, bytes.length, null);

        assertThat(end.isMalformed()).isTrue();
    }

    @Test
    void lengthIsFollowedToItsLastByte() {
        BodyEnd end = BodyEnd.of(new Framing(Framing.Kind.LENGTH, 5));

        assertThat(end.follow(new byte[10], 2, 4, null)).isEqualTo(4);
        assertThat(end.isReached()).isFalse();
        assertThat(end.follow(new byte[10], 0, 10, null)).isEqualTo(3);
        assertThat(end.isReached()).isTrue();
        assertThat(BodyEnd.of(Framing.NO_BODY).isReached()).isTrue();
    }
}
