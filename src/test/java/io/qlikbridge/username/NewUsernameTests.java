package io.qlikbridge.username;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewUsernameTests {

    @ParameterizedTest
    @CsvSource({"ada, ada", "Ada, Ada", "\uff41\uff44\uff41, ada", "mu\u0308ller, m\u00fcller", "\uff76\uff9e, \u30ac"})
    void ofWhenSpelledOtherwiseIsOne(String name, String username) {
        assertThat(NewUsername.of(name)).isEqualTo(new Username(username));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada Lovelace",
                "ada@example.org",
                "o'brien",
                "hr|4711",
                "group:x",
                "stra\u00dfe",
                "\u5c71\u7530",
                "\u0430\u0434\u0430",
                "\u05d0\u05d3\u05d4",
                "\u0928\u092e\u0938\u094d\u0924\u0947"
            })
    void ofWhenOrdinaryLeavesIt(String name) {
        assertThat(NewUsername.of(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "ada\u200b, U+200B", "a\u00adda, U+00AD", "ada\u202eb, U+202E", "ada\ufe0f, U+FE0F", "a\u3164b, U+3164",
                "ada\ue000, U+E000",
        "ada\u2010b, U+2010", "ada\u00a0b, U+00A0", "a\u2003b, U+2003", "\ufb01na, U+FB01", "ada\u00b2, U+00B2",
                "ada\u2160, U+2160",
        "\ud835\udc9cda, U+1D49C"
    })
    void ofWhenItLooksLikeAnotherNamesTheCharacter(String name, String character) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewUsername.of(name))
                .withMessageContaining(character);
    }

    @Test
    void mixedWhenLettersOfTwoScriptsLookAlikeNamesThem() {
        assertThat(NewUsername.mixed(new Username("\u0430da")).orElseThrow())
                .contains("CYRILLIC")
                .contains("LATIN");
        assertThat(NewUsername.mixed(new Username("ada \u5c71\u7530"))).isEmpty();
        assertThat(NewUsername.mixed(new Username("\u0430\u0434\u0430|1"))).isEmpty();
    }
}
