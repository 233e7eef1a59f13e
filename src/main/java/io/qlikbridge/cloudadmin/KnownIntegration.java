package io.qlikbridge.cloudadmin;

import io.qlikbridge.connection.ServerAddress;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.upstream.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A web integration as the tenant lists it (contract, section 9). */
record KnownIntegration(String id, List<String> origins) {

    private static final int MOST_ORIGINS = 1_000;

    static final Wanted WANTED = Wanted.values("id").withValues("validOrigins", MOST_ORIGINS);

    static KnownIntegration of(JsonNode listed) {
        List<String> origins = new ArrayList<>();
        listed.path("validOrigins").forEach(origin -> origins.add(origin.asString("")));
        return new KnownIntegration(listed.path("id").asString(""), List.copyOf(origins));
    }

    /** Whether it has the origin, however that is spelt: case of the host, its scheme's own port, a slash at the end. */
    boolean holds(ServerAddress origin) {
        return origins.stream().anyMatch(one -> address(one).equals(Optional.of(origin)));
    }

    private static Optional<ServerAddress> address(String origin) {
        try {
            String text = origin.strip();
            return Optional.of(ServerAddress.of(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
        } catch (InvalidValue notOne) {
            return Optional.empty();
        }
    }
}
