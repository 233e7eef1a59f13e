package io.qlikbridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was found, said as soon as it is known and kept as Markdown. */
final class Report {

    private final Path file;
    private final StringBuilder text = new StringBuilder();

    Report(Path file) {
        this.file = file;
    }

    void section(String title) {
        say("\n## " + title + "\n");
    }

    void paragraph(String words, Object... values) {
        say("\n" + format(words, values) + "\n");
    }

    /** @param rows the first holds the headings; all but the first column are figures */
    void table(List<String[]> rows) {
        int columns = rows.getFirst().length;
        if (rows.stream().anyMatch(row -> row.length != columns)) {
            throw new IllegalArgumentException("A row of another length than the headings");
        }
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row[column].length())
                        .max()
                        .orElse(0))
                .map(width -> Math.max(width, 4))
                .toArray();
        StringBuilder table = new StringBuilder("\n");
        for (int number = 0; number < rows.size(); number++) {
            String[] row = rows.get(number);
            table.append(IntStream.range(0, columns)
                    .mapToObj(column -> (column == 0 ? "%-" : "%")
                            .concat(widths[column] + "s")
                            .formatted(row[column]))
                    .collect(Collectors.joining(" | ", "| ", " |\n")));
            if (number == 0) {
                table.append(Arrays.stream(widths)
                        .mapToObj("-"::repeat)
                        .map(dashes -> dashes.substring(1) + ":")
                        .collect(Collectors.joining(" | ", "| ", " |\n"))
                        .replaceFirst("-: ", "-- "));
            }
        }
        say(table.toString());
    }

    /** Lines as they are. */
    void listing(List<String> lines) {
        say("\n```text\n" + String.join("\n", lines) + "\n```\n");
    }

    static String format(String words, Object... values) {
        return String.format(Locale.ROOT, words, values);
    }

    /** {@code -} where one of both is not known. */
    static String ratio(double value, double of) {
        return Double.isNaN(value / of) ? "-" : format("%.3f", value / of);
    }

    private void say(String words) {
        System.out.print(words);
        text.append(words);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
