package io.qlikbridge.vault;

import java.util.regex.Pattern;

/**
 * A table with a sealed secret in each row, in the columns {@code sealed_with}, {@code nonce} and {@code ciphertext}; a row
 * where one of them is null has none. The module that owns the table declares a bean of this, which must not need the
 * vault: it is asked before there is one. So the vault can count and re-seal what it does not know.
 *
 * @param table its name, lower case
 * @param idColumn its primary key, one column
 * @param placePrefix what stands before the id of a row in the place the secret is sealed for, such as {@code lease/}
 */
public record SealedTable(String table, String idColumn, String placePrefix) {

    // both become part of SQL statements
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public SealedTable {
        if (!IDENTIFIER.matcher(table).matches()
                || !IDENTIFIER.matcher(idColumn).matches()) {
            throw new IllegalArgumentException("A table and its column are named by lower case letters, digits and _");
        }
        if (placePrefix.isBlank()) {
            throw new IllegalArgumentException("Secrets of two tables must not be sealed for the same place");
        }
    }

    String place(Object id) {
        return placePrefix + id;
    }
}
