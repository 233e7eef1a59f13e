package io.qlikbridge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 0xAD, 0x34F, 0x115F, 0x180E, 0x200B, 0x200D, 0x202E, 0x2066, 0x2800, 0x3164, 0xE000, 0xFE0F, 0xFEFF,
                0xFFA0, 0xE0041, 0xE0100, 0x10FFFF
            })
    void hiddenWhenNobodySeesACharacterNamesIt(int character) {
        assertThat(PlainText.hidden("a" + Character.toString(character) + "b"))
                .hasValueSatisfying(fault -> assertThat(fault).contains("%04X".formatted(character)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "Ada Lovelace", "müller", "mu\u0308ller", "山田", "😀", "a\u00a0b"})
    void hiddenWhenAllIsSeenIsEmpty(String text) {
        assertThat(PlainText.hidden(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\ufeffada,ada",
                " ada\u00a0\u200b ,ada",
                "Report\u00a0readers,Report readers",
                "'\u3000\u2003',''",
                "a\u200bb,a\u200bb"
            })
    void tidyLeavesWhatIsSeen(String text, String tidy) {
        assertThat(PlainText.tidy(text)).isEqualTo(tidy);
    }
}
