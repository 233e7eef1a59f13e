package io.qlikbridge.client;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.Violations;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client as an admin asks for it.
 *
 * @param users none when left out: such a client acts for nobody
 * @param connections all when left out; an empty list is none
 */
public record NewClient(
        @Nullable String clientId,
        @Nullable List<@Nullable Scope> scopes,
        @Nullable List<@Nullable String> users,
        @Nullable List<@Nullable String> connections) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** @param known those of the ids that name a connection */
    Clients.Registration checked(UnaryOperator<Set<ConnectionId>> known) {
        Violations violations = new Violations();
        String id = clientId == null ? "" : clientId;
        violations.require(isId(id), "#/clientId", "is 1 to 100 of A-Z, a-z, 0-9, ., _ and -, and not dots alone");
        Set<Scope> wanted = wantedScopes(violations);
        List<String> entries = wantedUsers(violations);
        List<String> where = wantedConnections(violations, known);
        violations.throwIfAny();
        return new Clients.Registration(id, wanted, new ClientUsers(entries), new AllowedConnections(where));
    }

    public static boolean isId(String id) {
        // no path keeps a step that is dots alone, so such a client could not be deleted
        return ID.matcher(id).matches() && !id.matches("\\.+");
    }

    private Set<Scope> wantedScopes(Violations violations) {
        Set<Scope> wanted = new LinkedHashSet<>();
        if (scopes != null) {
            int place = 0;
            for (Scope scope : scopes) {
                if (violations.require(scope != null, "#/scopes/" + place, "is a scope") && scope != null) {
                    wanted.add(scope);
                }
                place++;
            }
        }
        violations.require(
                !wanted.isEmpty(), "#/scopes", "needs at least one of bridge.admin, bridge.apps, bridge.tokens");
        return wanted;
    }

    private List<String> wantedConnections(Violations violations, UnaryOperator<Set<ConnectionId>> known) {
        if (connections == null) {
            return List.of(AllowedConnections.ALL);
        }
        Set<ConnectionId> named = new HashSet<>();
        for (String entry : connections) {
            if (entry != null && !AllowedConnections.ALL.equals(entry) && AllowedConnections.isEntry(entry)) {
                named.add(new ConnectionId(entry));
            }
        }
        Set<ConnectionId> there = named.isEmpty() ? Set.of() : known.apply(named);
        Set<String> wanted = new LinkedHashSet<>();
        int place = 0;
        for (String entry : connections) {
            String pointer = "#/connections/" + place++;
            if (entry == null || !AllowedConnections.isEntry(entry)) {
                violations.require(false, pointer, "is a connection's id, or *");
            } else if (violations.require(
                    AllowedConnections.ALL.equals(entry) || there.contains(new ConnectionId(entry)),
                    pointer,
                    "is no connection there is: GET /api/v1/connections lists them")) {
                wanted.add(entry);
            }
        }
        return List.copyOf(wanted);
    }

    private List<String> wantedUsers(Violations violations) {
        Set<String> wanted = new LinkedHashSet<>();
        int place = 0;
        for (String entry : users == null ? List.<@Nullable String>of() : users) {
            String pointer = "#/users/" + place;
            if (violations.require(ClientUsers.isEntry(entry), pointer, "is a username, group:NAME, or *")
                    && entry != null) {
                violations.read(entry, pointer, ClientUsers::asNew).ifPresent(wanted::add);
            }
            place++;
        }
        return List.copyOf(wanted);
    }
}
