package io.qlikbridge.sitecall;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.tenant.RelayedAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeekedAnswerTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[1]",
                "[\"a document that is longer than what is looked at, and has to be there as a whole\"]"
            })
    void bodyIsStillThereAsAWhole(String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        PeekedAnswer peeked = PeekedAnswer.of(RelayedAnswer.whole(200, Map.of("X-Some", "thing"), bytes));

        assertThat(body).startsWith(peeked.beginning());
        assertThat(peeked.beginning().isEmpty()).isEqualTo(body.isEmpty());
        assertThat(peeked.body().readAllBytes()).isEqualTo(bytes);
        assertThat(peeked.header("x-some")).isEqualTo("thing");
        assertThat(peeked.length()).isEqualTo(bytes.length);
        assertThat(peeked.status()).isEqualTo(200);
    }
}
