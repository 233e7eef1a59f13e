package io.qlikbridge.cloudadmin;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.ServerAddress;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.setup.SetupFinding;
import io.qlikbridge.tenant.TenantException;
import java.util.List;
import java.util.Map;
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
            return Integrations.configured(all(visit), configured, origin);
        }
        if (origin == null) {
            return SetupFinding.skipped("The connection has no origin, and a server needs no web integration.");
        }
        List<KnownIntegration> holders = Integrations.holders(all(visit), origin);
        if (holders.size() > 1) {
            throw Integrations.several(holders, origin);
        }
        return holders.isEmpty() ? made(visit, origin) : linked(visit, holders.getFirst(), origin);
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
            List<KnownIntegration> holders =
                    refusal.mayHaveActed() ? Integrations.holders(all(visit), origin) : List.of();
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
}
