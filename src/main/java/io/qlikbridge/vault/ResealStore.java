package io.qlikbridge.vault;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Seals with the newest key what older ones have sealed, a page of rows in each transaction. */
@Component
class ResealStore {

    static final int PAGE = 200;

    private final JdbcClient database;
    private final JdbcTemplate batches;
    private final KeyRing keys;
    private final Vault vault;
    private final Clock clock;

    ResealStore(JdbcClient database, JdbcTemplate batches, KeyRing keys, Vault vault, Clock clock) {
        this.database = database;
        this.batches = batches;
        this.keys = keys;
        this.vault = vault;
        this.clock = clock;
    }

    private record Row(Object id, Sealed sealed) {}

    /**
     * Re-seals the next rows of a table in the order of their ids. Rows that somebody else is changing are passed over: they
     * are met again in the next round. Until the end of the transaction nobody else changes those of the page, so none loses
     * what was written to it meanwhile.
     *
     * @param after begin behind the row of this id, or null for the first page
     */
    @Transactional
    ResealedPage reseal(SealedTable table, @Nullable Object after) {
        List<Row> rows = rows(table, after);
        List<Object[]> resealed = new ArrayList<>();
        List<CannotOpen> newlyStuck = new ArrayList<>();
        for (Row row : rows) {
            String place = table.place(row.id());
            try {
                Sealed anew = vault.reseal(row.sealed(), place);
                resealed.add(new Object[] {anew.sealedWith(), anew.nonce(), anew.ciphertext(), row.id()});
            } catch (CannotOpen shut) {
                if (isNewlyStuck(place)) {
                    newlyStuck.add(shut);
                }
            }
        }
        update(table, resealed);
        return new ResealedPage(
                resealed.size(),
                newlyStuck,
                rows.size() < PAGE ? null : rows.getLast().id());
    }

    private List<Row> rows(SealedTable table, @Nullable Object after) {
        String id = table.idColumn();
        JdbcClient.StatementSpec query = database.sql(
                        """
                        select %s, sealed_with, nonce, ciphertext from %s
                        where sealed_with in (:older) and nonce is not null and ciphertext is not null %s
                        order by %s limit :page for update skip locked
                        """.formatted(id, table.table(), after == null ? "" : "and " + id + " > :after", id))
                .param("older", keys.older())
                .param("page", PAGE);
        return (after == null ? query : query.param("after", after))
                .query((row, number) -> new Row(
                        row.getObject(1),
                        new Sealed(row.getString("sealed_with"), row.getBytes("nonce"), row.getBytes("ciphertext"))))
                .list();
    }

    private void update(SealedTable table, List<Object[]> resealed) {
        if (resealed.isEmpty()) {
            return;
        }
        batches.batchUpdate(
                "update %s set sealed_with = ?, nonce = ?, ciphertext = ? where %s = ?"
                        .formatted(table.table(), table.idColumn()),
                resealed);
        database.sql("update vault_canary set resealed = resealed + :rows where key_id = :newest")
                .param("rows", resealed.size())
                .param("newest", keys.newest().id())
                .update();
    }

    private boolean isNewlyStuck(String place) {
        Timestamp now = Timestamp.from(clock.instant());
        boolean known = database.sql("update vault_stuck set seen_at = ? where place = ?")
                        .params(now, place)
                        .update()
                == 1;
        return !known
                && database.sql("insert into vault_stuck (place, seen_at) values (?, ?) on conflict do nothing")
                                .params(place, now)
                                .update()
                        == 1;
    }
}
