package io.qlikbridge.signin;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.client.Clients;
import io.qlikbridge.client.FirstAdmin;
import io.qlikbridge.client.NewClient;
import io.qlikbridge.client.Scope;
import io.qlikbridge.username.Username;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Component;

/** Makes known who signed in to administer the bridge, and who failed to sign in at all. */
@Component
public class SignIns {

    /** Shorter than any secret, should one be sent as the id. */
    private static final int LONGEST_UNKNOWN = FirstAdmin.LEAST_CHARACTERS - 1;

    private final RegisteredClientRepository clients;
    private final ApplicationEventPublisher events;

    SignIns(RegisteredClientRepository clients, ApplicationEventPublisher events) {
        this.clients = clients;
        this.events = events;
    }

    /** The client's secret was right. Of one that is no admin there is nothing to tell. */
    void succeeded(RegisteredClient client, CallerAddress address) {
        if (Clients.ADMIN.equals(client.getClientId()) || client.getScopes().contains(Scope.ADMIN.value())) {
            events.publishEvent(new ClientSignedIn(client.getClientId(), address.shown()));
        }
    }

    /** The secret was wrong. Takes as long whether there is such a client or not. */
    void failed(String name, CallerAddress address) {
        boolean possible = NewClient.isId(name);
        boolean known = possible && clients.findByClientId(name) != null;
        String shown = known || possible && name.length() <= LONGEST_UNKNOWN ? name : null;
        events.publishEvent(new ClientNotSignedIn(shown, known, address.shown()));
    }

    /** A token of this person was found good, for the first time here, or the person signs in to the console. Of one who is no admin there is nothing to tell. */
    public void seen(Caller.Person person, CallerAddress address) {
        if (isTold(person)) {
            events.publishEvent(
                    new PersonSignedIn(person.username(), person.identity().issuer(), address.shown()));
        }
    }

    /**
     * Somebody came back from an issuer, and was not let in.
     *
     * @param reason one of a few, such as {@code not-admin}
     * @param username of the person for whom the issuer vouched; {@code null} where it did for nobody
     */
    public void refused(String issuer, String reason, @Nullable Username username, CallerAddress address) {
        events.publishEvent(new PersonNotSignedIn(issuer, reason, username, address.shown()));
    }

    public static boolean isTold(Caller caller) {
        return caller instanceof Caller.Person && caller.scopes().contains(Scope.ADMIN);
    }
}
