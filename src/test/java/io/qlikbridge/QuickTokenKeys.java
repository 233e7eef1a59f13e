package io.qlikbridge;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Has bridges with the same vault key share the key for access tokens. The first that starts on a database makes one, which takes
 * longer than most tests; a seal is bound to its row, not to the database.
 */
final class QuickTokenKeys {

    private static final String TABLE = "access_token_key";
    private static final AtomicReference<String> LENT = new AtomicReference<>();

    private QuickTokenKeys() {}

    /** Before a bridge starts: puts the key into a database that has the tables, and no key. */
    static void lend(Map<String, Object> database) {
        String row = LENT.get();
        if (row != null) {
            TestDatabase.jdbc(database)
                    .sql(
                            "insert into %1$s select * from json_populate_record(null::%1$s, :row::json) where not exists (select from %1$s)"
                                    .formatted(TABLE))
                    .param("row", row)
                    .update();
        }
    }

    /** After a bridge has started. */
    static void borrow(Map<String, Object> database) {
        if (LENT.get() == null) {
            List<String> rows = TestDatabase.jdbc(database)
                    .sql("select row_to_json(key) from %s key".formatted(TABLE))
                    .query(String.class)
                    .list();
            LENT.compareAndSet(null, rows.getFirst());
        }
    }
}
