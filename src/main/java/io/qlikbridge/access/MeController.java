package io.qlikbridge.access;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.client.Scope;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers who they are to the bridge. */
@RestController
class MeController {

    private final Callers callers;
    private final ActingUsers users;

    MeController(Callers callers, ActingUsers users) {
        this.callers = callers;
        this.users = users;
    }

    @GetMapping("/api/v1/me")
    Me me() {
        Caller caller = callers.current();
        return switch (caller) {
            case Caller.Person person -> {
                users.sight(person);
                yield Me.of("user", person);
            }
            case Caller.Client client -> Me.of("client", client);
        };
    }

    /** @param kind {@code user} or {@code client} */
    record Me(String kind, String name, List<Scope> scopes, List<String> users, List<String> connections) {

        static Me of(String kind, Caller caller) {
            return new Me(
                    kind,
                    caller.name(),
                    caller.scopes().stream().sorted().toList(),
                    caller.users(),
                    caller.connections().entries());
        }
    }
}
