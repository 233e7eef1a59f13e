package io.qlikbridge.caller;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller whose access token was verified. The token itself is not kept. */
public final class CallerToken extends AbstractAuthenticationToken {

    private final transient Caller caller;

    public CallerToken(Caller caller) {
        super(caller.scopes().stream()
                .map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope.value()))
                .toList());
        this.caller = caller;
        super.setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.name();
    }
}
