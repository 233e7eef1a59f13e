package io.qlikbridge.consolesession;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Profile;
import io.qlikbridge.client.AllowedConnections;
import io.qlikbridge.client.BridgeClient;
import io.qlikbridge.client.KnownClients;
import io.qlikbridge.client.PresentClients;
import io.qlikbridge.client.Scope;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Identity;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.username.Username;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Finds out at each request who is behind a session. A client whose secret was renewed, or that may not administer the bridge any more,
 * has none; a person keeps the role that the issuer told at sign-in until the session ends.
 */
@Component
@ConditionalOnConsole
class SessionCallers {

    private final KnownClients clients;
    private final PresentClients secrets;
    private final LocalUsers users;
    private final Clock clock;

    SessionCallers(KnownClients clients, PresentClients secrets, LocalUsers users, Clock clock) {
        this.clock = clock;
        this.clients = clients;
        this.secrets = secrets;
        this.users = users;
    }

    /** @param firstSecret whether it came with the secret of the first start, which is good for being renewed alone */
    record Present(Caller caller, boolean firstSecret) {}

    SignedIn signedIn(String row) {
        String mark = clients.of(row)
                .flatMap(client -> secrets.secretMark(client.clientId()))
                .orElseThrow(() -> new IllegalStateException("The client has just signed in, and is gone"));
        return SignedIn.client(clock.instant(), row, mark);
    }

    SignedIn signedIn(Caller.Person person) {
        return new SignedIn(
                clock.instant(),
                null,
                null,
                person.username().value(),
                person.identity().issuer(),
                person.identity().subject(),
                person.connections().entries());
    }

    Optional<Present> present(SignedIn signedIn) {
        return signedIn.client() != null ? client(signedIn.client(), signedIn) : person(signedIn);
    }

    private Optional<Present> client(String row, SignedIn signedIn) {
        return clients.of(row)
                .filter(client -> client.scopes().contains(Scope.ADMIN))
                .filter(client -> secrets.secretMark(client.clientId())
                        .filter(mark -> mark.equals(signedIn.secretMark()))
                        .isPresent())
                .map(SessionCallers::present);
    }

    private static Present present(BridgeClient client) {
        return new Present(
                new Caller.Client(client.clientId(), Set.of(Scope.ADMIN), client.users(), client.connections()),
                client.firstSecret());
    }

    private Optional<Present> person(SignedIn signedIn) {
        if (signedIn.username() == null || signedIn.issuer() == null || signedIn.subject() == null) {
            return Optional.empty();
        }
        Username username = new Username(signedIn.username());
        Identity identity = new Identity(signedIn.issuer(), signedIn.subject());
        require(username, identity);
        Caller.Person person = new Caller.Person(
                username,
                identity,
                Set.of(Scope.ADMIN),
                new Profile(null, null, false, List.of()),
                signedIn.connections() == null
                        ? AllowedConnections.EVERYWHERE
                        : new AllowedConnections(signedIn.connections()),
                null);
        return Optional.of(new Present(person, false));
    }

    /** @throws BridgeException {@code forbidden} when the user of that name is another person; {@code user-disabled} */
    void require(Username username, Identity identity) {
        users.signedIn(username, identity).filter(user -> !user.enabled()).ifPresent(user -> {
            throw new BridgeException(ProblemCode.USER_DISABLED, "User " + username + " is disabled.");
        });
    }
}
