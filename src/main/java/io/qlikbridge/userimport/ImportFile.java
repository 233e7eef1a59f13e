package io.qlikbridge.userimport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The records of a CSV file (RFC 4180), each when it is asked for. */
final class ImportFile {

    private static final String QUOTES =
            "The quotes of this record do not fit: a cell with quotes in it stands in quotes,"
                    + " each inner one twice. The file was not read beyond it";
    private static final String SEPARATOR = "sep=";
    private static final String SEPARATORS = ",;\t";
    private static final String TOO_LONG = "This record is longer than " + ImportText.LONGEST_RECORD
            + " characters: perhaps a quote is not closed. The file was not read beyond it";

    private final ImportText text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final ImportErrors errors;
    private boolean broken;

    ImportFile(InputStream body, ImportErrors errors) throws IOException {
        this(body, null, errors);
    }

    /**
     * @param charset as the sender names it; {@code null} for what the first bytes tell
     * @throws ImportText.NoText when it is a workbook
     */
    ImportFile(InputStream body, @Nullable Charset charset, ImportErrors errors) throws IOException {
        this.text = new ImportText(body, charset);
        this.parser = CSVParser.builder()
                .setReader(text)
                .setFormat(CSVFormat.RFC4180
                        .builder()
                        .setDelimiter(separator(text.head()))
                        .setIgnoreSurroundingSpaces(true)
                        .get())
                .get();
        this.records = parser.iterator();
        this.errors = errors;
    }

    /**
     * The next record.
     *
     * @return {@code null} at the end, and where nothing more can be read, which is noted as an error
     * @throws IOException when the body itself does not come in
     */
    @Nullable
    Row next() throws IOException {
        text.beginRecord();
        long line = parser.getCurrentLineNumber() + 1;
        try {
            return !broken && records.hasNext()
                    ? new Row(line, ImportCells.tidy(List.of(records.next().values())))
                    : null;
        } catch (UncheckedIOException failure) {
            noteOrThrow(line, failure);
            return null;
        }
    }

    /**
     * What separates the cells: as the line {@code sep=} in front says that Excel reads, or what there is most of in the line
     * that names the columns, for where the comma is of decimals Excel writes semicolons.
     */
    private static char separator(String head) {
        String line = head.strip();
        if (line.regionMatches(true, 0, SEPARATOR, 0, SEPARATOR.length()) && line.length() > SEPARATOR.length()) {
            char named = line.charAt(SEPARATOR.length());
            return named == ';' || named == '|' ? named : ',';
        }
        if (head.startsWith(SEPARATOR + "\t")) {
            return '\t';
        }
        boolean quoted = false;
        int[] count = new int[3];
        for (char character : line.toCharArray()) {
            quoted ^= character == '"';
            int which = quoted ? -1 : SEPARATORS.indexOf(character);
            if (which >= 0) {
                count[which]++;
            }
        }
        if (count[1] > count[0] && count[1] >= count[2]) {
            return ';';
        }
        return count[2] > count[0] ? '\t' : ',';
    }

    private void noteOrThrow(long line, UncheckedIOException failure) throws IOException {
        broken = true;
        IOException cause = Objects.requireNonNull(failure.getCause());
        if (cause instanceof CSVException) {
            errors.add(line, QUOTES);
        } else if (cause instanceof ImportText.RecordTooLong) {
            errors.add(line, TOO_LONG);
        } else {
            throw cause;
        }
    }

    /**
     * The cells of one record.
     *
     * @param line the first one it is on
     */
    record Row(long line, List<String> cells) {

        /** Whether there is nothing on it; spreadsheets write the separators of empty rows. */
        boolean isBlank() {
            return cells.stream().allMatch(String::isEmpty);
        }

        /** Whether it says what separates the cells, to Excel. */
        boolean isSeparator() {
            return cells.getFirst().toLowerCase(Locale.ROOT).startsWith(SEPARATOR) && width() == 1;
        }

        /** How many cells there are up to the last one with anything in it. */
        int width() {
            int width = cells.size();
            while (width > 0 && cells.get(width - 1).isEmpty()) {
                width--;
            }
            return width;
        }

        /** The same with that many cells, as far as those that are too many, or not there, are empty. */
        Row of(int count) {
            return cells.size() > count && width() <= count ? new Row(line, cells.subList(0, count)) : this;
        }

        boolean isWhole() {
            return cells.stream().allMatch(ImportText::isWhole);
        }

        int length() {
            return cells.stream().mapToInt(String::length).sum();
        }
    }
}
