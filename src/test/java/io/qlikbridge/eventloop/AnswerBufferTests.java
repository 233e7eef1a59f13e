package io.qlikbridge.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerBufferTests {

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 100", "3, 0", "7, 1", "100, 100"})
    void whatIsAddedFirstGoesBeforeTheRestHoweverMuchRoomThereIs(int front, int capacity) {
        AnswerBuffer buffer = new AnswerBuffer(front, capacity);
        buffer.add("body");
        buffer.write('!');

        buffer.addFirst(new AnswerBuffer(0).add("size "));
        buffer.addFirst(new AnswerBuffer(5, 0).add("head "));
        buffer.add(" end");

        assertThat(text(buffer.wrapped())).isEqualTo("head size body! end");
        assertThat(buffer.length()).isEqualTo(19);
        assertThat(new String(buffer.bytes(), buffer.from(), buffer.length(), StandardCharsets.US_ASCII))
                .isEqualTo("head size body! end");
    }

    @Test
    void bufferThatWasClearedIsEmptyAndGathersAnew() {
        AnswerBuffer buffer = new AnswerBuffer(2, 2).add("first");

        buffer.clear();
        assertThat(buffer.length()).isZero();
        buffer.add("next");

        assertThat(text(buffer.wrapped())).isEqualTo("next");
    }

    @Test
    void bytesOfEachBufferAreThoseThatAreToBeRead() {
        Bytes bytes = new Bytes();
        for (ByteBuf buffer : Arrays.asList(
                Unpooled.directBuffer().writeBytes("xa longer one".getBytes(StandardCharsets.US_ASCII)),
                Unpooled.directBuffer().writeBytes("xshort".getBytes(StandardCharsets.US_ASCII)),
                Unpooled.wrappedBuffer("..xon the heap".getBytes(StandardCharsets.US_ASCII), 2, 12))) {
            buffer.skipBytes(1);
            bytes.take(buffer);

            assertThat(new String(bytes.array(), bytes.from(), bytes.to() - bytes.from(), StandardCharsets.US_ASCII))
                    .isEqualTo(text(buffer));
            buffer.release();
        }
    }

    private static String text(ByteBuf buffer) {
        return buffer.toString(StandardCharsets.US_ASCII);
    }
}
