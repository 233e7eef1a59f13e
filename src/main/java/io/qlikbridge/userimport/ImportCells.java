package io.qlikbridge.userimport;

import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What spreadsheets, and those who guard against their formulas, put around a value, taken off it. */
final class ImportCells {

    private static final Set<String> TRUE = Set.of(
            "true",
            "yes",
            "y",
            "1",
            "on",
            "wahr",
            "ja",
            "vrai",
            "oui",
            "verdadero",
            "s\u00ed",
            "verdadeiro",
            "sim",
            "vero",
            "waar",
            "prawda",
            "tak");
    private static final Set<String> FALSE = Set.of(
            "false",
            "no",
            "n",
            "0",
            "off",
            "falsch",
            "nein",
            "faux",
            "non",
            "falso",
            "n\u00e3o",
            "onwaar",
            "nee",
            "fa\u0142sz",
            "nie");
    private static final String TYPOGRAPHIC = "\u201c\u201d\u201e\u201f\u00ab\u00bb";

    private ImportCells() {}

    static List<String> tidy(List<String> cells) {
        return cells.stream().map(ImportCells::tidy).toList();
    }

    /** As people see it, without what makes a spreadsheet take a value for a text: {@code ="007"}, or an apostrophe before a formula. */
    private static String tidy(String cell) {
        String value = PlainText.tidy(cell);
        if (value.length() >= 3 && value.startsWith("=\"") && value.endsWith("\"")) {
            value = PlainText.tidy(value.substring(2, value.length() - 1).replace("\"\"", "\""));
        } else if (value.length() >= 2 && value.charAt(0) == '\'' && "=+-@".indexOf(value.charAt(1)) >= 0) {
            value = value.substring(1);
        }
        return isQuoted(value) ? PlainText.tidy(value.substring(1, value.length() - 1)) : value;
    }

    private static boolean isQuoted(String value) {
        return value.length() >= 2
                && TYPOGRAPHIC.indexOf(value.charAt(0)) >= 0
                && TYPOGRAPHIC.indexOf(value.charAt(value.length() - 1)) >= 0;
    }

    /** @throws InvalidValue for neither; a word of another language would be a guess */
    static boolean truth(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return true;
        }
        if (FALSE.contains(word)) {
            return false;
        }
        throw new InvalidValue("is true or false");
    }
}
