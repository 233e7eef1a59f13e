package io.qlikbridge.consoleissuers;

import io.qlikbridge.caller.Caller;
import java.util.List;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** An admin for whom an issuer vouches. */
final class SignedInPerson extends DefaultOidcUser {

    private final transient Caller.Person person;

    SignedInPerson(Caller.Person person, OidcIdToken token) {
        super(List.of(), token);
        this.person = person;
    }

    Caller.Person person() {
        return person;
    }
}
