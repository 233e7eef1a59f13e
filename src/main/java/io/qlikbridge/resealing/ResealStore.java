package io.qlikbridge.resealing;

import io.qlikbridge.vault.CannotOpen;
import io.qlikbridge.vault.KeyRing;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.SealedTable;
import io.qlikbridge.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Seals with the newest key, and for all of its place, what was not, a page of rows in each transaction. */
@Component
public class ResealStore {

    public static final int PAGE = 200;

    private final JdbcClient database;
    private final JdbcTemplate batches;
    private final KeyRing keys;
    private final Vault vault;
    private final Clock clock;

    public ResealStore(JdbcClient database, JdbcTemplate batches, KeyRing keys, Vault vault, Clock clock) {
        this.database = database;
        this.batches = batches;
        this.keys = keys;
        this.vault = vault;
        this.clock = clock;
    }

    private record Row(Object id, Place place, Sealed sealed) {}

    /**
     * Re-seals the next rows of a table in the order of their ids. Rows that somebody else is changing are passed over: they
     * are met again in the next round. Until the end of the transaction nobody else changes those of the page, so none loses
     * what was written to it meanwhile.
     *
     * @param after begin behind the row of this id, or null for the first page
     */
    @Transactional
    public ResealedPage reseal(SealedTable table, @Nullable Object after) {
        List<Row> rows = rows(table, after);
        List<Object[]> resealed = new ArrayList<>();
        List<CannotOpen> newlyStuck = new ArrayList<>();
        int stuckOfOldForm = 0;
        for (Row row : rows) {
            Place place = row.place();
            try {
                Sealed anew = vault.reseal(row.sealed(), place);
                resealed.add(
                        new Object[] {anew.sealedWith(), anew.nonce(), anew.ciphertext(), anew.sealForm(), row.id()});
            } catch (CannotOpen shut) {
                stuckOfOldForm += row.sealed().sealForm() == Sealed.TO_ITS_ROW ? 1 : 0;
                if (isNewlyStuck(place.row())) {
                    newlyStuck.add(shut);
                }
            }
        }
        update(table, resealed);
        return new ResealedPage(
                resealed.size(),
                newlyStuck,
                stuckOfOldForm,
                rows.size() < PAGE ? null : rows.getLast().id());
    }

    private List<Row> rows(SealedTable table, @Nullable Object after) {
        String id = table.idColumn();
        JdbcClient.StatementSpec query = database.sql("""
                        select %s, sealed_with, nonce, ciphertext, seal_form%s from %s
                        where (seal_form = %d %s) and sealed_with is not null and nonce is not null
                            and ciphertext is not null %s
                        order by %s limit :page for update skip locked
                        """.formatted(
                                id,
                                table.boundColumns().stream()
                                        .map(column -> ", " + column)
                                        .collect(Collectors.joining()),
                                table.table(),
                                Sealed.TO_ITS_ROW,
                                keys.older().isEmpty() ? "" : "or sealed_with in (:older)",
                                after == null ? "" : "and " + id + " > :after",
                                id))
                .param("older", keys.older())
                .param("page", PAGE);
        return (after == null ? query : query.param("after", after))
                .query((row, number) -> row(table, row))
                .list();
    }

    private static Row row(SealedTable table, ResultSet row) throws SQLException {
        @Nullable Object[] bound = new @Nullable Object[table.boundColumns().size()];
        for (int column = 0; column < bound.length; column++) {
            bound[column] = row.getString(table.boundColumns().get(column));
        }
        Object id = row.getObject(1);
        return new Row(
                id,
                table.place(id, bound),
                new Sealed(
                        row.getString("sealed_with"),
                        row.getBytes("nonce"),
                        row.getBytes("ciphertext"),
                        row.getInt("seal_form")));
    }

    private void update(SealedTable table, List<Object[]> resealed) {
        if (resealed.isEmpty()) {
            return;
        }
        batches.batchUpdate(
                "update %s set sealed_with = ?, nonce = ?, ciphertext = ?, seal_form = ? where %s = ?"
                        .formatted(table.table(), table.idColumn()),
                resealed);
        database.sql("update vault_canary set resealed = resealed + :rows where key_id = :newest")
                .param("rows", resealed.size())
                .param("newest", keys.newestId())
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
