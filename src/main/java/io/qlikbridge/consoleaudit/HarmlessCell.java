package io.qlikbridge.consoleaudit;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from taking text for a formula (OWASP, CSV injection): an apostrophe stands before whatever begins like one. A
 * spreadsheet may begin a cell elsewhere than the file does, since it may go by another separator, so that is so behind each of them, too.
 */
final class HarmlessCell {

    /** How a formula begins, half and full width, perhaps behind what nobody sees; and what a spreadsheet may drop. */
    private static final Pattern BEGINNING = Pattern.compile("^(?=[\\t\\r\\n])"
            + "|(^|\\r\\n|[;\\t\\r\\n])(?=[\\s\\p{Z}\\p{C}\"']*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

    private HarmlessCell() {}

    static String of(String text) {
        return BEGINNING.matcher(text).replaceAll("$1'");
    }
}
