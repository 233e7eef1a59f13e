package io.qlikbridge.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table with a sealed secret in each row, in the columns {@code sealed_with}, {@code nonce}, {@code ciphertext} and {@code
 * seal_form}; a row where one of the first three is null has none. The module that owns the table declares a bean of this, which must not need the
 * vault: it is asked before there is one. So the vault can count and re-seal what it does not know.
 *
 * @param table its name, lower case
 * @param idColumn its primary key, one column
 * @param placePrefix what stands before the id of a row in the place the secret is sealed for, such as {@code lease/}
 * @param boundColumns those that say whom and what the secret is for, which never change in a row with a secret; texts or
 *     UUIDs
 */
public record SealedTable(String table, String idColumn, String placePrefix, List<String> boundColumns) {

    // all become part of SQL statements
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public SealedTable {
        boundColumns = List.copyOf(boundColumns);
        if (!Stream.concat(Stream.of(table, idColumn), boundColumns.stream())
                .allMatch(name -> IDENTIFIER.matcher(name).matches())) {
            throw new IllegalArgumentException("A table and its columns are named by lower case letters, digits and _");
        }
        if (placePrefix.isBlank()) {
            throw new IllegalArgumentException("Secrets of two tables must not be sealed for the same place");
        }
    }

    /**
     * The place of a row's secret.
     *
     * @param bound the values of the {@link #boundColumns}
     */
    public Place place(Object id, @Nullable Object... bound) {
        if (bound.length != boundColumns.size()) {
            throw new IllegalArgumentException("A place names all that its secret is for");
        }
        List<@Nullable String> parts = new ArrayList<>();
        for (Object part : bound) {
            parts.add(part == null ? null : part.toString());
        }
        return new Place(placePrefix + id, parts);
    }
}
