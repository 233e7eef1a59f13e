package io.qlikbridge.cloudadmin;

import io.qlikbridge.connection.ServerAddress;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.setup.SetupFinding;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which of a tenant's web integrations is the connection's, and what is to be done where that is not clear. */
final class Integrations {

    private Integrations() {}

    static List<KnownIntegration> holders(List<KnownIntegration> all, ServerAddress origin) {
        return all.stream().filter(one -> one.holds(origin)).toList();
    }

    /** An id in the connection is the admin's choice: it is looked at, and never replaced. */
    static SetupFinding configured(List<KnownIntegration> all, String id, @Nullable ServerAddress origin) {
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

    static ProbeOutcome several(List<KnownIntegration> holders, ServerAddress origin) {
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

    private static String instead(List<KnownIntegration> holders) {
        return holders.isEmpty() ? "" : " The origin is allowed by " + ids(holders) + ".";
    }

    private static String ids(List<KnownIntegration> integrations) {
        return integrations.stream().map(KnownIntegration::id).collect(Collectors.joining(", "));
    }
}
