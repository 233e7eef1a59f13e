package io.qlikbridge.userimport;

import io.qlikbridge.connection.ConnectionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the first line of an import, which names the columns. */
final class ImportHeader {

    /** By their names in lower case and without what people put between words. */
    private static final Map<String, String> KNOWN = Stream.of(
                    ImportColumns.USERNAME,
                    ImportColumns.NAME,
                    ImportColumns.EMAIL,
                    ImportColumns.EMAIL_VERIFIED,
                    ImportColumns.GROUPS,
                    ImportColumns.ENABLED)
            .collect(Collectors.toUnmodifiableMap(ImportHeader::plain, UnaryOperator.identity()));

    private static final String WHICH = "The first line names the columns: username, and any of name, email,"
            + " emailVerified, groups, enabled, and subject: with the id of a connection behind it. Separate them by commas, semicolons or tabs";
    private static final int MOST = 1000;

    private final Map<String, Integer> places = new HashMap<>();
    private final SortedMap<ConnectionId, Integer> subjects = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    private ImportHeader() {}

    /**
     * @param row the first record, if there is any
     * @param known tells which of some ids name a connection
     * @return {@code null} when anything is wrong with the header, which is noted
     */
    static @Nullable ImportColumns read(
            ImportFile.@Nullable Row row, UnaryOperator<Set<ConnectionId>> known, ImportErrors errors) {
        if (errors.any()) {
            return null;
        }
        ImportHeader header = new ImportHeader();
        header.read(row, known);
        if (header.wrong.isEmpty()) {
            return new ImportColumns(header.places, header.subjects);
        }
        errors.add(row == null ? 1 : row.line(), ImportErrors.told(header.wrong));
        return null;
    }

    private void read(ImportFile.@Nullable Row row, UnaryOperator<Set<ConnectionId>> known) {
        if (row == null || row.isBlank()) {
            wrong.add(WHICH);
        } else if (!row.isWhole()) {
            wrong.add(ImportErrors.NOT_UTF_8);
        } else if (row.cells().size() > MOST) {
            wrong.add("There are more than " + MOST + " columns");
        } else {
            place(row.cells().subList(0, row.width()));
            Set<ConnectionId> there = known.apply(subjects.keySet());
            subjects.keySet().stream()
                    .filter(id -> !there.contains(id))
                    .forEach(id -> wrong.add("There is no connection " + id));
        }
    }

    private void place(List<String> names) {
        for (int at = 0; at < names.size(); at++) {
            String name = KNOWN.getOrDefault(plain(names.get(at)), names.get(at));
            ConnectionId connection = connection(name);
            if (connection == null && !KNOWN.containsValue(name)) {
                wrong.add("Column " + ImportErrors.cut(name) + " is unknown");
            } else if (connection == null ? places.put(name, at) != null : subjects.put(connection, at) != null) {
                wrong.add("Column " + ImportErrors.cut(name) + " is there twice");
            }
        }
        if (!places.containsKey(ImportColumns.USERNAME)) {
            wrong.add("Column \"username\" is missing");
        }
        if (!wrong.isEmpty()) {
            wrong.addFirst(WHICH);
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
    }

    private static @Nullable ConnectionId connection(String name) {
        try {
            return name.regionMatches(true, 0, ImportColumns.SUBJECT, 0, ImportColumns.SUBJECT.length())
                    ? new ConnectionId(name.substring(ImportColumns.SUBJECT.length())
                            .strip()
                            .toLowerCase(Locale.ROOT))
                    : null;
        } catch (IllegalArgumentException noSlug) {
            return null;
        }
    }
}
