package io.qlikbridge.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QlikSpellingTests {

    @ParameterizedTest
    @CsvSource({
        "hr|4800, HR|4800",
        "straße, STRASSE",
        "STRA\u1e9eE, strasse",
        "\u0131d, ID",
        "\u03c3\u03bf\u03c6\u03cc\u03c2, \u03a3\u039f\u03a6\u038c\u03a3",
        "\ufb01na, FINA",
        "\uff28\uff32|1, hr|1",
        "jose\u0301, JOSÉ",
        "\u212aelvin, kelvin",
        "\u017fam, SAM",
        "ada\u200b, ADA",
        "a\u00add\ufeffa, ada",
        "ada\u00a0b, ADA B",
        "\u03c9\u0345, \u03a9\u0399",
        "\u01c6, \u01c4"
    })
    void isSameWhenUpperCaseOfNfkcIsSame(String one, String other) {
        assertThat(QlikSpelling.isSame(one, other)).isTrue();
        assertThat(QlikSpelling.isSame(other, one)).isTrue();
        assertThat(QlikSpelling.of(QlikSpelling.of(one))).isEqualTo(QlikSpelling.of(one));
    }

    @ParameterizedTest
    @CsvSource({"ada, adá", "hr|1, hr|l", "a b, ab", "\u0130d, id", "ada, \u0430da"})
    void isSameWhenLettersDifferIsFalse(String one, String other) {
        assertThat(QlikSpelling.isSame(one, other)).isFalse();
    }

    @Test
    void ofWhenTextIsAsciiIsItsUpperCase() {
        assertThat(QlikSpelling.of("Ada|47-i")).isEqualTo("ADA|47-I");
    }
}
