package io.qlikbridge.leasecensus;

import io.qlikbridge.lease.LeaseRows;
import io.qlikbridge.lease.LeaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps how many living leases there were every ten minutes of the last days, whichever replica counted them. */
@Component
public class LeaseHistoryStore {

    static final Duration NOTED_EACH = Duration.ofMinutes(10);

    private static final Duration KEPT = Duration.ofDays(2);

    private final JdbcClient jdbc;
    private volatile Instant lastNoted = Instant.EPOCH;

    LeaseHistoryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the first count of each ten minutes. */
    @Transactional
    void note(CountedLeases counted) {
        Instant begun = beginning(counted.at());
        if (!begun.isAfter(lastNoted)) {
            return;
        }
        Map<LeaseState, Long> states = counted.byState();
        List<LeaseState> named = new ArrayList<>(states.keySet());
        int rows = jdbc.sql("""
                        insert into lease_census (at, state, leases)
                        select :at, state, leases from unnest(cast(:states as text[]), cast(:counts as bigint[])) as c (state, leases)
                        on conflict do nothing
                        """)
                .param("at", LeaseRows.utc(begun))
                .param("states", named.stream().map(LeaseState::name).toArray(String[]::new))
                .param("counts", named.stream().map(states::get).toArray(Long[]::new))
                .update();
        if (rows > 0) {
            jdbc.sql("delete from lease_census where at < :before")
                    .param("before", LeaseRows.utc(begun.minus(KEPT)))
                    .update();
        }
        lastNoted = begun;
    }

    /** The last count of each hour since then, the oldest first; of hours in which nobody counted there is none. */
    @Transactional(readOnly = true)
    public List<PastLeases> hourly(Instant since) {
        Map<Instant, Map<LeaseState, Long>> times = new TreeMap<>();
        jdbc.sql("""
                        select at, state, leases from lease_census where at in (
                            select max(at) from lease_census where at >= :since group by date_trunc('hour', at at time zone 'UTC'))
                        """).param("since", LeaseRows.utc(since)).query(row -> {
            times.computeIfAbsent(LeaseRows.instant(row, "at"), at -> new EnumMap<>(LeaseState.class))
                    .put(LeaseState.valueOf(row.getString("state")), row.getLong("leases"));
        });
        return times.entrySet().stream()
                .map(time -> new PastLeases(time.getKey(), time.getValue()))
                .toList();
    }

    private static Instant beginning(Instant time) {
        long step = NOTED_EACH.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), step) * step);
    }
}
