package io.qlikbridge.consoleclients;

import io.qlikbridge.client.NewClient;
import io.qlikbridge.client.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The form of a new client, as it was filled in.
 *
 * @param users one in each line
 * @param connections ids, and {@link #ALL}
 */
record ClientForm(String clientId, List<String> scopes, String users, List<String> connections) {

    static final String ALL = "*";

    static final ClientForm EMPTY = new ClientForm("", List.of(), "", List.of(ALL));

    ClientForm {
        scopes = List.copyOf(scopes);
        connections = List.copyOf(connections);
    }

    static ClientForm of(MultiValueMap<String, String> typed) {
        return new ClientForm(
                text(typed, "clientId").strip(),
                typed.getOrDefault("scopes", List.of()),
                text(typed, "users"),
                typed.getOrDefault("connections", List.of()));
    }

    private static String text(MultiValueMap<String, String> typed, String name) {
        String value = typed.getFirst(name);
        return value == null ? "" : value;
    }

    /** The client that is asked for. All connections count while no other is chosen: whoever chooses one means to limit the client. */
    NewClient wanted() {
        List<@Nullable String> named = new ArrayList<>();
        userLines().forEach(line -> named.add(line.text()));
        return new NewClient(clientId, wantedScopes(), named, new ArrayList<@Nullable String>(wantedConnections()));
    }

    private List<@Nullable Scope> wantedScopes() {
        List<@Nullable Scope> wanted = new ArrayList<>();
        scopes.forEach(scope -> wanted.add(Scope.of(scope).orElse(null)));
        return wanted;
    }

    /** None chosen is an empty name, which is refused: a client that may act nowhere is nobody's wish. */
    List<String> wantedConnections() {
        List<String> chosen = connections.stream().filter(id -> !id.equals(ALL)).toList();
        if (!chosen.isEmpty()) {
            return chosen;
        }
        return List.of(connections.contains(ALL) ? ALL : "");
    }

    /** The lines of the field that say something, in their order. */
    List<Line> userLines() {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : users.split("\r\n|\r|\n", -1)) {
            number++;
            if (!line.isBlank()) {
                lines.add(new Line(number, line.strip()));
            }
        }
        return lines;
    }

    /** @param number counted from 1 */
    record Line(int number, String text) {}
}
