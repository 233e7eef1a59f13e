package io.qlikbridge.cloudadmin;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.ServerAddress;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.setup.SetupFinding;
import io.qlikbridge.tenant.TenantException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The web integration that allows the connection's origin, found or else made; its id goes into the connection (contract, section 9). */
@Component
class WebIntegrationStep {

    private static final String PATH = "/api/v1/web-integrations";

    private final AdminCalls calls;
    private final LinkedIntegration link;

    WebIntegrationStep(AdminCalls calls, LinkedIntegration link) {
        this.calls = calls;
        this.link = link;
    }

    SetupFinding take(AdminVisit visit) {
        CloudSettings settings = CloudSettings.of(visit.connection());
        ServerAddress origin = settings.origin() == null ? null : ServerAddress.of(settings.origin());
        String configured = settings.webIntegrationId();
        if (configured != null) {
            return configured(all(visit), configured, origin);
        }
        if (origin == null) {
            return SetupFinding.skipped("The connection has no origin, and a server needs no web integration.");
        }
        List<KnownIntegration> holders = holders(all(visit), origin);
        if (holders.size() > 1) {
            throw several(holders, origin);
        }
        return holders.isEmpty() ? made(visit, origin) : linked(visit, holders.getFirst(), origin);
    }

    /** An id in the connection is the admin's choice: it is looked at, and never replaced. */
    private static SetupFinding configured(List<KnownIntegration> all, String id, @Nullable ServerAddress origin) {
        Optional<KnownIntegration> chosen =
                all.stream().filter(one -> one.id().equals(id)).findFirst();
        List<KnownIntegration> holders = origin == null ? List.of() : holders(all, origin);
        if (chosen.isEmpty()) {
            throw ProbeOutcome.failed(
                    "The tenant has no web integration with the id " + id + ", which the connection has."
                            + instead(holders),
                    "PUT the connection with webIntegrationId of one that is there, or without one and run the setup again.");
        }
        if (origin != null && !chosen.get().holds(origin)) {
            throw ProbeOutcome.failed(
                    "The web integration " + id + " does not allow the origin " + origin + "." + instead(holders),
                    "Add the origin to it in the tenant's administration, or PUT the connection with another webIntegrationId, or without"
                            + " one and run the setup again.");
        }
        return SetupFinding.there(
                origin == null
                        ? "The connection's web integration is there. The connection has no origin to compare with it."
                        : "The connection's web integration is there, and allows the origin " + origin + "."
                                + (holders.size() > 1
                                        ? " Others allow it as well: "
                                                + ids(holders.stream()
                                                        .filter(one -> !one.id().equals(id))
                                                        .toList()) + "."
                                        : ""),
                null,
                id);
    }

    private static ProbeOutcome several(List<KnownIntegration> holders, ServerAddress origin) {
        String best = holders.stream()
                .min(Comparator.comparing(
                                (KnownIntegration one) -> one.origins().size())
                        .thenComparing(KnownIntegration::id))
                .orElseThrow()
                .id();
        return ProbeOutcome.failed(
                "The tenant has " + holders.size() + " web integrations that allow the origin " + origin + ": "
                        + ids(holders) + ".",
                "PUT the connection with the webIntegrationId of one of them; " + best
                        + " allows the fewest other origins. Then run the setup again.");
    }

    private SetupFinding linked(AdminVisit visit, KnownIntegration found, ServerAddress origin) {
        String there = "A web integration that allows the origin " + origin + " is there; its id ";
        if (visit.order().dryRun()) {
            return SetupFinding.there(there + "would go into the connection.", null, found.id());
        }
        visit.order().proceed().run();
        link.put(visit, found.id());
        return SetupFinding.there(there + "went into the connection.", null, found.id());
    }

    private SetupFinding made(AdminVisit visit, ServerAddress origin) {
        if (visit.order().dryRun()) {
            return SetupFinding.skipped("A web integration would be made that allows the origin " + origin
                    + ", and its id would go into the connection.");
        }
        visit.order().proceed().run();
        String id = make(visit, origin);
        try {
            visit.order().proceed().run();
            link.put(visit, id);
        } catch (RuntimeException notLinked) {
            undo(visit, id, notLinked);
            throw notLinked;
        }
        return SetupFinding.made(
                "A web integration was made that allows the origin " + origin + "; its id went into the connection.",
                id,
                null);
    }

    private void undo(AdminVisit visit, String id, RuntimeException reason) {
        try {
            calls.delete(visit.connection(), visit.signedIn(), "web-integration", PATH, id);
        } catch (TenantException left) {
            left.addSuppressed(reason);
            throw ProbeOutcome.failed(
                    "The connection was not given the web integration " + id
                            + ", which was made for it and could not be deleted again: " + left.finding(),
                    "Run the setup again: it finds that web integration.");
        }
    }

    private String make(AdminVisit visit, ServerAddress origin) {
        Map<String, Object> body = Map.of(
                "name", "Qlik Identity Bridge, " + visit.connection().id(), "validOrigins", List.of(origin.toString()));
        try {
            return calls.make(visit.connection(), visit.signedIn(), "web-integration", PATH, body);
        } catch (TenantException refusal) {
            // made perhaps, although the answer was lost: there was none before
            List<KnownIntegration> holders = refusal.mayHaveActed() ? holders(all(visit), origin) : List.of();
            if (holders.size() != 1) {
                throw refusal;
            }
            return holders.getFirst().id();
        }
    }

    private List<KnownIntegration> all(AdminVisit visit) {
        List<JsonNode> all = calls.list(
                visit.connection(),
                visit.signedIn(),
                "web-integrations",
                PATH,
                "startingAfter",
                KnownIntegration.WANTED);
        if (all == null) {
            throw ProbeOutcome.failed(
                    "The tenant lists more than " + AdminCalls.MOST_PAGES * AdminCalls.PAGE + " web integrations.",
                    "Delete what is no longer used, or make the web integration by hand and PUT the connection with its id.");
        }
        return all.stream().map(KnownIntegration::of).toList();
    }

    private static List<KnownIntegration> holders(List<KnownIntegration> all, ServerAddress origin) {
        return all.stream().filter(one -> one.holds(origin)).toList();
    }

    private static String instead(List<KnownIntegration> holders) {
        return holders.isEmpty() ? "" : " The origin is allowed by " + ids(holders) + ".";
    }

    private static String ids(List<KnownIntegration> integrations) {
        return integrations.stream().map(KnownIntegration::id).collect(Collectors.joining(", "));
    }
}
