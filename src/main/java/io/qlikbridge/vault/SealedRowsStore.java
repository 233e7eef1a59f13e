package io.qlikbridge.vault;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Counts what is sealed, over the tables of all modules. */
@Component
public class SealedRowsStore {

    private final JdbcClient database;
    private final List<SealedTable> tables;

    SealedRowsStore(JdbcClient database, ObjectProvider<SealedTable> tables) {
        this.database = database;
        this.tables = tables.orderedStream().toList();
    }

    public List<SealedTable> tables() {
        return tables;
    }

    /** All of them. Reads whole tables. */
    @Transactional(readOnly = true)
    public List<SealedRows> count() {
        return count("true", Map.of());
    }

    /** Those sealed with one of these keys, of which there must be one. */
    @Transactional(readOnly = true)
    public List<SealedRows> countOf(Collection<String> keys) {
        return count("sealed_with in (:keys)", Map.of("keys", keys));
    }

    /** Those that are bound to their row alone, as earlier versions sealed. */
    @Transactional(readOnly = true)
    public long countOfOldForm() {
        return count("seal_form = " + Sealed.TO_ITS_ROW, Map.of()).stream()
                .mapToLong(SealedRows::rows)
                .sum();
    }

    /** Those sealed with any other key than these, of which there must be one. Reads whole tables. */
    @Transactional(readOnly = true)
    List<SealedRows> countBeside(Collection<String> keys) {
        return count("sealed_with not in (:keys)", Map.of("keys", keys));
    }

    private List<SealedRows> count(String condition, Map<String, ?> parameters) {
        return tables.stream()
                .flatMap(table -> count(table, condition, parameters).stream())
                .toList();
    }

    private List<SealedRows> count(SealedTable table, String condition, Map<String, ?> parameters) {
        return database.sql("""
                        select sealed_with, count(*) from %s
                        where %s and sealed_with is not null and nonce is not null and ciphertext is not null
                        group by sealed_with order by sealed_with
                        """.formatted(table.table(), condition))
                .params(parameters)
                .query((row, number) -> new SealedRows(row.getString(1), table.table(), row.getLong(2)))
                .list();
    }
}
