package io.qlikbridge.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFollowerTests {

    private static final String ANSWERS = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"
            + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"
            + "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n"
            + "HTTP/1.1 404 Not Found\r\nConnection: a, close\r\nContent-Length: 4\r\n\r\nfour";

    @Test
    void answersAreFollowedWhereverTheyAreCut() {
        byte[] bytes = ANSWERS.getBytes(ISO_8859_1);
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            Heard heard = new Heard();
            AnswerFollower follower = new AnswerFollower();
            for (int at = 0; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(round % 60 + 1));
                // where they lie is used again
                byte[] piece = new byte[bytes.length];
                System.arraycopy(bytes, at, piece, 7, Math.min(to - at, bytes.length - 7));
                int count = Math.min(to - at, bytes.length - 7);
                follower.follow(piece, 7, 7 + count, heard);
                java.util.Arrays.fill(piece, (byte) 'x');
                at += count;
            }

            assertThat(heard.told).containsExactly("200 one true", "200 two true", "304  true \"a\"", "404 four false");
        }
    }

    @Test
    void answerToHeadHasNoBody() {
        Heard heard = new Heard();
        AnswerFollower follower = new AnswerFollower();
        follower.asked("HEAD");
        byte[] bytes = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n".getBytes(ISO_8859_1);

        follower.follow(bytes, 0, bytes.length, heard);

        assertThat(heard.told).containsExactly("200  true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-x\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\na",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"
            })
    void whatIsNoAnswerIsMalformed(String text) {
        Heard heard = new Heard();
        byte[] bytes = text.getBytes(ISO_8859_1);

        new AnswerFollower().follow(bytes, 0, bytes.length, heard);

        assertThat(heard.told).endsWith("malformed");
    }

    @Test
    void headWithoutAnEndIsMalformed() {
        Heard heard = new Heard();
        AnswerFollower follower = new AnswerFollower();
        byte[] bytes = ("HTTP/1.1 200 OK\r\nA: " + "a".repeat(8_000)).getBytes(ISO_8859_1);

        for (int piece = 0; piece < 10 && !heard.isOver(); piece++) {
            follower.follow(bytes, 0, bytes.length, heard);
        }

        assertThat(heard.told).containsExactly("malformed");
    }

    private static final class Heard implements AnswerFollower.Listener {

        private final List<String> told = new ArrayList<>();
        private StringBuilder body = new StringBuilder();

        @Override
        public void begun(AnswerHead answer) {
            body = new StringBuilder();
        }

        @Override
        public void piece(byte[] bytes, int from, int to) {
            body.append(new String(bytes, from, to - from, ISO_8859_1));
        }

        @Override
        public void ended(AnswerHead answer, boolean nothingBehind) {
            String tag = answer.headers().first("ETag");
            told.add(answer.status() + " " + body + " " + answer.keepsAlive() + (tag == null ? "" : " " + tag));
        }

        @Override
        public void malformed() {
            told.add("malformed");
        }

        @Override
        public boolean isOver() {
            return told.contains("malformed");
        }
    }
}
