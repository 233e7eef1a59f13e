package io.qlikbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HeaderFirewallTests {

    /** What Spring's firewall allows by itself. */
    private static final Predicate<String> SPRINGS =
            Pattern.compile("[\\p{IsAssigned}&&[^\\p{IsControl}]]*").asMatchPredicate();

    @Test
    void isAllowedWhenAnyCharacterIsWhatSpringAllows() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String text = "a" + Character.toString(point) + "z";
            assertThat(HeaderFirewall.isAllowed(text)).as("U+%04X", point).isEqualTo(SPRINGS.test(text));
        }
    }
}
