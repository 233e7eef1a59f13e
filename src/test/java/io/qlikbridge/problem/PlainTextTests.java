package io.qlikbridge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTests {

    @ParameterizedTest
    @ValueSource(strings = {"a", "Ada Lovelace", "hr|4711", "日本語", "𝒜da", "a\u00a0b"})
    void faultWhenTextIsPlainIsNone(String text) {
        assertThat(PlainText.fault(text, 255)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\0b", "a\nb", "a\tb", "a\u007fb", "a\u0085b", "a\u2028b", "a\u2029b", "a\ud800b", "a\udc00"})
    void faultWhenTextHoldsWhatCannotBeKeptNamesIt(String text) {
        assertThat(PlainText.fault(text, 255)).contains("has no control characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "\ta", "a\n", "\u00a0a", "a\u3000", " "})
    void faultWhenTextHasBlanksAtItsEndsNamesThem(String text) {
        assertThat(PlainText.fault(text, 255)).contains("has no blanks at its ends");
    }

    @Test
    void faultWhenLengthIsOutsideNamesTheRange() {
        assertThat(PlainText.fault("", 3)).contains("is 1 to 3 characters");
        assertThat(PlainText.fault("abcd", 3)).contains("is 1 to 3 characters");
        assertThat(PlainText.fault("abc", 3)).isEmpty();
    }
}
