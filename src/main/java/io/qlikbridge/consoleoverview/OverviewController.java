package io.qlikbridge.consoleoverview;

import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.leasecensus.CountedLeases;
import io.qlikbridge.leasecensus.LeaseCensus;
import io.qlikbridge.leasecensus.LeaseHistoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows how the bridge is. */
@ConsoleController
class OverviewController {

    static final String PATH = "/console/overview";

    private static final int MOST_SHOWN = 100;
    private static final Duration A_DAY = Duration.ofHours(LeaseChart.HOURS);

    private final ConnectionHealths connections;
    private final SystemStates system;
    private final Attentions attentions;
    private final LeaseCensus leases;
    private final LeaseHistoryStore history;
    private final Clock clock;

    OverviewController(
            ConnectionHealths connections,
            SystemStates system,
            Attentions attentions,
            LeaseCensus leases,
            LeaseHistoryStore history,
            Clock clock) {
        this.connections = connections;
        this.system = system;
        this.attentions = attentions;
        this.leases = leases;
        this.history = history;
        this.clock = clock;
    }

    @GetMapping(PATH)
    String show(Model model) {
        Instant now = clock.instant();
        CountedLeases counted = leases.recent();
        List<ConnectionHealth> health = connections.of(counted, now);
        SystemState state = system.at(now);
        List<Attention> attention = attentions.of(health, state);
        model.addAttribute("connections", first(health));
        model.addAttribute("connectionCount", health.size());
        model.addAttribute("attention", first(attention));
        model.addAttribute("attentionCount", attention.size());
        model.addAttribute("counted", counted);
        model.addAttribute("chart", LeaseChart.of(history.hourly(now.minus(A_DAY)), counted));
        model.addAttribute("system", state);
        return "console/consoleoverview-page";
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(all.size(), MOST_SHOWN));
    }
}
