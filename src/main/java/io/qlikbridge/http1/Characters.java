package io.qlikbridge.http1;

/** Of what texts consist that everybody reads alike. */
public final class Characters {

    private Characters() {}

    /** Whether a text is of letters and digits of ASCII, and of no others but these. */
    public static boolean areLettersDigitsOr(String others, String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            boolean known = character >= 'a' && character <= 'z'
                    || character >= 'A' && character <= 'Z'
                    || character >= '0' && character <= '9'
                    || others.indexOf(character) >= 0;
            if (!known) {
                return false;
            }
        }
        return true;
    }
}
