package io.qlikbridge.problem;

import java.util.Optional;

/** What a text from a caller must be so that it can be kept, compared and shown as it was sent. */
public final class PlainText {

    /** Letters, marks and a symbol by their category, of which nothing is seen. */
    private static final String IGNORABLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
            + "\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f";

    private PlainText() {}

    /**
     * Whether a text has neither control characters nor line separators, and is whole Unicode. PostgreSQL takes no NUL,
     * and half a surrogate pair would come back as another character.
     */
    public static boolean isPlain(String text) {
        return text.codePoints().noneMatch(PlainText::isUnprintable);
    }

    /** What is wrong with a text of 1 to {@code longest} plain characters without blanks at its ends; empty for nothing. */
    public static Optional<String> fault(String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            return Optional.of("is 1 to " + longest + " characters");
        }
        if (isBlank(text.codePointAt(0)) || isBlank(text.codePointBefore(text.length()))) {
            return Optional.of("has no blanks at its ends");
        }
        return isPlain(text) ? Optional.empty() : Optional.of("has no control characters");
    }

    /** The text itself, when it has no {@link #fault}; an {@link IllegalArgumentException} that says which otherwise. */
    public static String checked(String text, int longest) {
        fault(text, longest).ifPresent(fault -> {
            throw new InvalidValue(fault);
        });
        return text;
    }

    /** Whether any character is a blank, also one that does not break a line. */
    public static boolean hasBlanks(String text) {
        return text.codePoints().anyMatch(PlainText::isBlank);
    }

    /** The text without blanks, line ends, and what nobody sees, such as a byte order mark, at its ends. */
    public static String trim(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isNothing(text.codePointAt(begin))) {
            begin += Character.charCount(text.codePointAt(begin));
        }
        while (begin < end && isNothing(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(begin, end);
    }

    /**
     * A text as people see it: every blank is the usual one (U+0020), and neither blanks nor what nobody sees, such as a
     * byte order mark, stand at its ends.
     */
    public static String tidy(String text) {
        String trimmed = trim(text);
        StringBuilder tidy = new StringBuilder(trimmed.length());
        trimmed.codePoints()
                .map(character -> Character.getType(character) == Character.SPACE_SEPARATOR ? ' ' : character)
                .forEach(tidy::appendCodePoint);
        return tidy.toString();
    }

    /**
     * What is wrong with a text that names somebody or something and holds a character nobody sees: with it, two names
     * would look alike. Empty for nothing. For such names alone: in a text that is only shown, joiners have a meaning.
     */
    public static Optional<String> hidden(String text) {
        return text.codePoints()
                .filter(PlainText::isHidden)
                .mapToObj(character -> "has a character that nobody sees, " + codePoint(character) + ": take it out")
                .findFirst();
    }

    /**
     * Whether nobody sees a character, or each sees something else: controls, formats such as the zero-width space and the
     * marks of direction, fillers, selectors of variants, and what is private or not assigned (Unicode, {@code
     * Default_Ignorable_Code_Point} and the general categories Cc, Cf, Cn, Co and Cs).
     */
    public static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> IGNORABLE.indexOf(character) >= 0 || character >= 0xE0100 && character <= 0xE01EF;
        };
    }

    /** A character as Unicode writes it, such as {@code U+200B}. */
    public static String codePoint(int character) {
        return "U+%04X".formatted(character);
    }

    private static boolean isNothing(int character) {
        return isBlank(character)
                || isHidden(character)
                        && switch (Character.getType(character)) {
                            // damage, or meant: not for taking off without a word
                            case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
                                false;
                            default -> true;
                        };
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isUnprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }
}
