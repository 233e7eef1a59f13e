package io.qlikbridge.username;

import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody new may be called, so that no two names look alike: the profile UsernameCasePreserved of RFC 8265 (section
 * 3.4), without its rule for right-to-left names, which no prefix of an issuer would fit. Users who were there before keep
 * their names.
 */
public final class NewUsername {

    /** Of the RFC's exceptions those that are allowed, and what it allows in some places (RFC 5892, 2.6 and appendix A). */
    private static final String ALLOWED = "\u06fd\u06fe\u0f0b\u3007\u00b7\u0375\u05f3\u05f4\u30fb";

    private static final String REFUSED = "\u0640\u07fa\u302e\u302f\u3031\u3032\u3033\u3034\u3035\u303b";

    /** Scripts that are written together; others in one name look like letters that they are not. */
    private static final Set<Character.UnicodeScript> TOGETHER = Set.of(
            Character.UnicodeScript.LATIN,
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL,
            Character.UnicodeScript.BOPOMOFO);

    private NewUsername() {}

    /**
     * The name, with letters of full or half width made ordinary ones, and composed (NFC).
     *
     * @throws InvalidValue that says which character it may not have
     */
    public static Username of(String name) {
        StringBuilder wide = new StringBuilder();
        name.codePoints().forEach(character -> wide.append(ordinary(character)));
        String composed = Normalizer.normalize(wide, Normalizer.Form.NFC);
        Username username = new Username(composed);
        fault(composed).ifPresent(fault -> {
            throw new InvalidValue("A username " + fault);
        });
        return username;
    }

    /** What a user who is there may go on being called, and others not. */
    public static Optional<String> fault(String name) {
        return PlainText.hidden(name)
                .or(() -> name.codePoints()
                        .filter(character -> !isAllowed(character))
                        .mapToObj(character -> "is letters, digits, blanks and the signs of ASCII (RFC 8265), and "
                                + PlainText.codePoint(character) + " is none of them: use another character")
                        .findFirst());
    }

    /** Whether a name has letters of several scripts that look alike, and which; for the eyes of an admin. */
    public static Optional<String> mixed(Username name) {
        Set<Character.UnicodeScript> scripts = new TreeSet<>();
        name.value()
                .codePoints()
                .mapToObj(Character.UnicodeScript::of)
                .filter(script ->
                        script != Character.UnicodeScript.COMMON && script != Character.UnicodeScript.INHERITED)
                .forEach(scripts::add);
        return scripts.size() < 2 || TOGETHER.containsAll(scripts)
                ? Optional.empty()
                : Optional.of("The username " + name + " mixes letters of several scripts, " + scripts
                        + ", some of which look alike. See that it is the one that is meant.");
    }

    private static String ordinary(int character) {
        boolean isWide = character == 0x3000 || character >= 0xFF01 && character <= 0xFFEF;
        String text = Character.toString(character);
        return isWide ? Normalizer.normalize(text, Normalizer.Form.NFKC) : text;
    }

    private static boolean isAllowed(int character) {
        if (character >= ' ' && character <= '~' || ALLOWED.indexOf(character) >= 0) {
            return true;
        }
        if (REFUSED.indexOf(character) >= 0 || isOldHangul(character)) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.LOWERCASE_LETTER,
                    Character.UPPERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER ->
                Normalizer.isNormalized(Character.toString(character), Normalizer.Form.NFKC);
            default -> false;
        };
    }

    private static boolean isOldHangul(int character) {
        return character >= 0x1100 && character <= 0x11FF
                || character >= 0xA960 && character <= 0xA97F
                || character >= 0xD7B0 && character <= 0xD7FF;
    }
}
