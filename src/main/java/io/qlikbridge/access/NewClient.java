package io.qlikbridge.access;

import io.qlikbridge.problem.Violations;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client as an admin asks for it.
 *
 * @param users none when left out: such a client acts for nobody
 */
record NewClient(
        @Nullable String clientId,
        @Nullable List<@Nullable Scope> scopes,
        @Nullable List<@Nullable String> users) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    Clients.Registration checked() {
        Violations violations = new Violations();
        String id = clientId == null ? "" : clientId;
        // no path keeps a step that is dots alone, so such a client could not be deleted
        violations.require(
                ID.matcher(id).matches() && !id.matches("\\.+"),
                "#/clientId",
                "is 1 to 100 of A-Z, a-z, 0-9, ., _ and -, and not dots alone");
        Set<Scope> wanted = wantedScopes(violations);
        List<String> entries = wantedUsers(violations);
        violations.throwIfAny();
        return new Clients.Registration(id, wanted, new ClientUsers(entries));
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
