package io.qlikbridge.problem;

import java.util.Optional;

/** What a text from a caller must be so that it can be kept, compared and shown as it was sent. */
public final class PlainText {

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
            throw new IllegalArgumentException(fault);
        });
        return text;
    }

    /** Whether any character is a blank, also one that does not break a line. */
    public static boolean hasBlanks(String text) {
        return text.codePoints().anyMatch(PlainText::isBlank);
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
