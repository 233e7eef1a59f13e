package io.qlikbridge.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
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
    private static final String TOO_LONG = "This record is longer than " + ImportText.LONGEST_RECORD
            + " characters: perhaps a quote is not closed. The file was not read beyond it";

    private final ImportText text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final ImportErrors errors;
    private boolean broken;

    ImportFile(InputStream body, ImportErrors errors) throws IOException {
        this.text = new ImportText(body);
        this.parser =
                CSVParser.builder().setReader(text).setFormat(CSVFormat.RFC4180).get();
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
                    ? new Row(line, List.of(records.next().values()))
                    : null;
        } catch (UncheckedIOException failure) {
            noteOrThrow(line, failure);
            return null;
        }
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

        boolean isBlank() {
            return cells.size() == 1 && cells.getFirst().isEmpty();
        }

        boolean isWhole() {
            return cells.stream().allMatch(ImportText::isWhole);
        }

        int length() {
            return cells.stream().mapToInt(String::length).sum();
        }
    }
}
