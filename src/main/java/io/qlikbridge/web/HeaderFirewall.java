package io.qlikbridge.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * The firewall in front of all: Spring's, which refuses what can be read in two ways. It looks at each header each time it
 * is read, by a regular expression that takes longer for an access token than all the rest of signing in; the same rule is
 * written out here.
 */
@Configuration(proxyBeanMethods = false)
class HeaderFirewall {

    private static final int FIRST_BEYOND_ASCII = 0x80;

    @Bean
    StrictHttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(HeaderFirewall::isAllowed);
        firewall.setAllowedHeaderValues(HeaderFirewall::isAllowed);
        return firewall;
    }

    /** Assigned characters alone, and no control characters. */
    static boolean isAllowed(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character >= FIRST_BEYOND_ASCII) {
                return text.codePoints()
                        .allMatch(point -> Character.isDefined(point) && !Character.isISOControl(point));
            }
            if (character < ' ' || character == '\u007f') {
                return false;
            }
        }
        return true;
    }
}
