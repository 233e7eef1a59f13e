package io.qlikbridge.userimport;

import io.qlikbridge.problem.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers the lines of an import that are wrong: the first of them by name, the others as a number. */
final class ImportErrors {

    static final int MOST_NAMED = 1000;
    static final String NOT_UTF_8 = "This line is not UTF-8. Save the file as \"CSV UTF-8\", or name its charset in"
            + " Content-Type: text/csv; charset=windows-1252";
    static final String WORKBOOK =
            "This is a workbook of Excel. Save it as \"CSV UTF-8 (comma delimited)\", and send that";

    private static final int LONGEST_CUT = 40;
    private static final int MOST_TOLD = 10;

    private final TreeMap<Long, String> named = new TreeMap<>();
    private long firstUnnamed = Long.MAX_VALUE;
    private int unnamed;

    /** Notes what is wrong with a line that was not noted before. */
    void add(long line, String detail) {
        named.put(line, detail);
        if (named.size() > MOST_NAMED) {
            firstUnnamed = Math.min(firstUnnamed, named.pollLastEntry().getKey());
            unnamed++;
        }
    }

    boolean any() {
        return !named.isEmpty();
    }

    /** In the order of the lines; the last one stands for all that are not named. */
    List<ImportError> list() {
        List<ImportError> list = new ArrayList<>();
        for (Map.Entry<Long, String> one : named.entrySet()) {
            list.add(new ImportError(one.getKey(), one.getValue()));
        }
        if (unnamed > 0) {
            list.add(new ImportError(firstUnnamed, "From here on, " + unnamed + " more lines are wrong"));
        }
        return list;
    }

    /** Several things that are wrong with one line. */
    static String told(List<String> wrong) {
        String told = String.join("; ", wrong.subList(0, Math.min(wrong.size(), MOST_TOLD)));
        return wrong.size() > MOST_TOLD ? told + "; and " + (wrong.size() - MOST_TOLD) + " more" : told;
    }

    /** So much of a value that its sender knows it again, in quotes. */
    static String cut(String value) {
        StringBuilder cut = new StringBuilder("\"");
        value.codePoints()
                .limit(LONGEST_CUT)
                .mapToObj(Character::toString)
                .map(character -> PlainText.isPlain(character) ? character : "\ufffd")
                .forEach(cut::append);
        return cut.append(value.codePointCount(0, value.length()) > LONGEST_CUT ? "…\"" : "\"")
                .toString();
    }
}
