package io.qlikbridge.passthrough;

import io.qlikbridge.problem.BridgeException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** What of a query is passed on: all of it, byte for byte, unless it shows a credential or is no query at all. */
final class PassedQuery {

    /** Beside letters, digits and percent-encoded characters (RFC 3986, section 3.4). */
    private static final String LEGAL = "._~-!$&'()*+,;=:@/?";

    /** What RFC 3986 wants encoded, while browsers let it stand in a query, as it does in many a subject. */
    private static final String RAW = "|";

    private static final Pattern PAIR_END = Pattern.compile("[&;]");

    /** Without case, {@code -} and {@code _}. A URL ends up in logs and histories, and a tenant is shown keys of ours alone. */
    private static final Set<String> CREDENTIALS =
            Set.of("accesstoken", "apikey", "authorization", "bearertoken", "xbridgeuser");

    private PassedQuery() {}

    /**
     * From its question mark on; empty for none.
     *
     * @param credentials more names of parameters that show one, in the form of {@link #form}
     */
    static String of(@Nullable String query, Set<String> credentials) {
        if (query == null) {
            return "";
        }
        if (!isLegal(query)) {
            throw BridgeException.invalid(
                    "query",
                    "holds a percent sign without two hexadecimal digits behind it, or characters that a URL has"
                            + " percent-encoded, such as a letter beyond ASCII");
        }
        for (String pair : PAIR_END.split(query)) {
            int end = pair.indexOf('=');
            requireNoCredential(end < 0 ? pair : pair.substring(0, end), credentials);
        }
        return "?" + encoded(query);
    }

    /** With what browsers leave as it is percent-encoded. */
    private static String encoded(String query) {
        StringBuilder encoded = null;
        for (int at = 0; at < query.length(); at++) {
            char character = query.charAt(at);
            if (encoded == null && RAW.indexOf(character) >= 0) {
                encoded = new StringBuilder(query.length() + 16).append(query, 0, at);
            }
            if (encoded != null) {
                if (RAW.indexOf(character) < 0) {
                    encoded.append(character);
                } else {
                    encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) character));
                }
            }
        }
        return encoded == null ? query : encoded.toString();
    }

    private static boolean isLegal(String query) {
        for (int at = 0; at < query.length(); at++) {
            char character = query.charAt(at);
            if (character == '%') {
                if (at + 2 >= query.length() || !isHex(query.charAt(at + 1)) || !isHex(query.charAt(at + 2))) {
                    return false;
                }
                at += 2;
            } else if (!isLetterOrDigit(character) && LEGAL.indexOf(character) < 0 && RAW.indexOf(character) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char character) {
        return Character.digit(character, 16) >= 0 && character < 128;
    }

    private static boolean isLetterOrDigit(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9';
    }

    /** A name without what names are spelled differently by. */
    static String form(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static void requireNoCredential(String encoded, Set<String> credentials) {
        String name = encoded.indexOf('%') < 0 ? encoded : UriUtils.decode(encoded, StandardCharsets.UTF_8);
        String form = form(name);
        if (CREDENTIALS.contains(form) || credentials.contains(form)) {
            throw BridgeException.invalid(
                    encoded,
                    "has no place in a URL: a token is sent as Authorization: Bearer, a user as X-Bridge-User");
        }
    }
}
