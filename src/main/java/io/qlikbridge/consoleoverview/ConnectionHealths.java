package io.qlikbridge.consoleoverview;

import io.qlikbridge.auditlog.AuditTrail;
import io.qlikbridge.auditlog.RecentRefusals;
import io.qlikbridge.check.LastCheck;
import io.qlikbridge.check.LastChecks;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.leasecensus.CountedLeases;
import io.qlikbridge.leasecensus.FailedIssues;
import io.qlikbridge.leasecensus.LeaseCensus;
import io.qlikbridge.leasecensus.LivingLeases;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks how all connections are, with a few looks at the database however many users and leases there are. */
@Component
@ConditionalOnConsole
class ConnectionHealths {

    static final Duration LATELY = Duration.ofDays(1);

    private static final int PAGE = 200;
    private static final int MOST_PAGES = 5;

    private final Connections connections;
    private final LastChecks tests;
    private final CertificateEnds certificates;
    private final LeaseCensus leases;
    private final AuditTrail trail;

    ConnectionHealths(
            Connections connections,
            LastChecks tests,
            CertificateEnds certificates,
            LeaseCensus leases,
            AuditTrail trail) {
        this.connections = connections;
        this.tests = tests;
        this.certificates = certificates;
        this.leases = leases;
        this.trail = trail;
    }

    /** In the order of their ids; of the first thousand at most. */
    List<ConnectionHealth> of(CountedLeases counted, Instant now) {
        List<Connection> all = all();
        if (all.isEmpty()) {
            return List.of();
        }
        Map<ConnectionId, LastCheck> tested =
                tests.of(all.stream().map(Connection::id).toList());
        Map<String, List<CertificateEnd>> ends = certificates.byConnection(now);
        Map<ConnectionId, FailedIssues> failed = leases.failures(now.minus(LATELY)).stream()
                .collect(Collectors.toMap(FailedIssues::connection, Function.identity()));
        Map<String, Long> refused = trail.refusals(now.minus(LATELY)).stream()
                .collect(Collectors.toMap(RecentRefusals::connection, RecentRefusals::count));
        Map<ConnectionId, List<LivingLeases>> living =
                counted.leases().stream().collect(Collectors.groupingBy(LivingLeases::connection));
        return all.stream()
                .map(one -> health(
                        one,
                        tested.get(one.id()),
                        ends.getOrDefault(one.id().value(), List.of()),
                        living.getOrDefault(one.id(), List.of()),
                        failed.get(one.id()),
                        refused.getOrDefault(one.id().value(), 0L)))
                .toList();
    }

    private List<Connection> all() {
        List<Connection> all = new ArrayList<>();
        @Nullable String after = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            Page<Connection> next = connections.page(new PageQuery(PAGE, after));
            all.addAll(next.items());
            after = next.next();
            if (after == null) {
                break;
            }
        }
        return all;
    }

    private static ConnectionHealth health(
            Connection connection,
            @Nullable LastCheck test,
            List<CertificateEnd> ends,
            List<LivingLeases> living,
            @Nullable FailedIssues failed,
            long refused) {
        return new ConnectionHealth(
                connection.id().value(),
                connection.type().slug(),
                connection.host(),
                test,
                ends,
                living.stream()
                        .filter(one -> one.state() == LeaseState.ACTIVE)
                        .mapToLong(LivingLeases::count)
                        .sum(),
                living.stream().mapToLong(LivingLeases::overdue).sum(),
                living.stream().mapToLong(LivingLeases::hindered).sum(),
                failed == null ? 0 : failed.count(),
                failed == null ? null : failed.latest(),
                refused);
    }
}
