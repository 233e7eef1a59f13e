package io.qlikbridge.consoleissuers;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.client.Scope;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.issuer.IssuerSignIn;
import io.qlikbridge.issuer.TrustedIssuers;
import io.qlikbridge.signin.CallerAddress;
import io.qlikbridge.signin.SignInPace;
import io.qlikbridge.signin.TokenThrottle;
import java.time.Clock;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Finds out who came back from an issuer: gives the code for an ID token, which says so. Codes that nobody was given are slowed down
 * like wrong secrets, of each issuer for itself, so that nobody has the bridge ask an issuer as often as they like.
 */
@Component
@ConditionalOnConsole
class IssuerPeople {

    private final TrustedIssuers issuers;
    private final SignInPace pace;
    private final OidcAuthorizationCodeAuthenticationProvider codes;

    IssuerPeople(TrustedIssuers issuers, Clock clock) {
        this.issuers = issuers;
        this.pace = SignInPace.of(clock);
        this.codes = new OidcAuthorizationCodeAuthenticationProvider(
                request -> issuer(request.getClientRegistration().getRegistrationId())
                        .tokens(request),
                this::person);
        codes.setJwtDecoderFactory(
                client -> token -> issuer(client.getRegistrationId()).idToken(token, client));
    }

    /**
     * As an {@link org.springframework.security.authentication.AuthenticationManager}, which it is not: Spring would ask such a bean about
     * everything else that has to be authenticated, too.
     */
    Authentication authenticate(Authentication authentication) {
        OAuth2LoginAuthenticationToken answer = (OAuth2LoginAuthenticationToken) authentication;
        TokenThrottle.Try next =
                pace.take(address(answer), answer.getClientRegistration().getRegistrationId());
        boolean told = false;
        try {
            Authentication person = codes.authenticate(answer);
            if (person == null) {
                throw new IllegalStateException("The scope openid is asked for always");
            }
            told = true;
            next.succeeded();
            return person;
        } catch (PersonNotAdmitted someone) {
            told = true;
            next.succeeded();
            throw someone;
        } catch (OAuth2AuthenticationException refused) {
            if (SignInFailure.of(refused) != SignInFailure.UNREACHABLE) {
                told = true;
                next.failed();
            }
            throw refused;
        } finally {
            if (!told) {
                next.abandoned();
            }
        }
    }

    private SignedInPerson person(OidcUserRequest request) {
        IssuerSignIn issuer = issuer(request.getClientRegistration().getRegistrationId());
        Caller.Person person;
        try {
            person = issuer.person(request.getIdToken());
        } catch (InvalidBearerTokenException nobody) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error(SignInFailure.NO_PERSON_CODE, nobody.getMessage(), null), nobody);
        }
        if (!person.scopes().contains(Scope.ADMIN)) {
            throw new PersonNotAdmitted(SignInFailure.NOT_ADMIN, person.username());
        }
        return new SignedInPerson(person, request.getIdToken());
    }

    private IssuerSignIn issuer(String key) {
        return issuers.signIn(key)
                .orElseThrow(() -> new OAuth2AuthenticationException(new OAuth2Error(BegunSignIns.WRONG_ISSUER)));
    }

    static CallerAddress address(Authentication answer) {
        return CallerAddress.of(
                answer.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : null);
    }
}
