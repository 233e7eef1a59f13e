package io.qlikbridge.issuer;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.TokenDecoder;
import io.qlikbridge.problem.BridgeException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * How an issuer's admins sign in to the console: by the authorization code flow, as a client of the bridge's own at the issuer
 * (OpenID Connect Core 1.0, section 3.1). An ID token names the same person as an access token of that issuer with the same claims.
 */
public final class IssuerSignIn {

    /** The code of failures that are over when the issuer can be reached again. */
    public static final String UNREACHABLE = "issuer_unreachable";

    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int LONGEST_SAID = 300;

    private final ConsoleClient client;
    private final TrustedIssuer people;
    private final ConsoleRegistration registration;
    private final JWKSource<SecurityContext> keys;
    private final Clock clock;
    private final OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens;

    IssuerSignIn(
            ConsoleClient client,
            TrustedIssuer people,
            ConsoleRegistration registration,
            JWKSource<SecurityContext> keys,
            IssuerDocuments documents,
            Clock clock) {
        this.client = client;
        this.people = people;
        this.registration = registration;
        this.keys = keys;
        this.clock = clock;
        this.tokens = tokenClient(documents);
    }

    /** Names the issuer in addresses. */
    public String key() {
        return client.key();
    }

    /** What people are shown of the issuer. */
    public String name() {
        return client.name();
    }

    /** The issuer's address, without a slash at the end. */
    public String issuer() {
        return people.issuer();
    }

    /**
     * The console's client, with what the issuer says of itself; it is asked now and then.
     *
     * @throws OAuth2AuthenticationException {@link #UNREACHABLE} while that cannot be had
     */
    public ClientRegistration registration() {
        return registration.get();
    }

    /**
     * Whether an answer can be this issuer's, by its parameter {@code iss} (RFC 9207, section 2.4).
     *
     * @param named {@code null} where the answer names nobody
     */
    public boolean canHaveAnswered(@Nullable String named) {
        return registration.canHaveAnswered(named);
    }

    /**
     * Gives a code for tokens, at the token endpoint.
     *
     * @throws OAuth2AuthenticationException {@link #UNREACHABLE}
     * @throws org.springframework.security.oauth2.core.OAuth2AuthorizationException when the issuer refuses, or gives no tokens
     */
    public OAuth2AccessTokenResponse tokens(OAuth2AuthorizationCodeGrantRequest request) {
        try {
            return tokens.getTokenResponse(request);
        } catch (RuntimeException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof UnreadableKeys silent) {
                    throw unreachable(String.valueOf(silent.getMessage()), failed);
                }
            }
            throw failed;
        }
    }

    /**
     * The claims of an ID token that is good for the console's client; its nonce is not looked at.
     *
     * @throws InvalidBearerTokenException when it is not
     * @throws OAuth2AuthenticationException {@link #UNREACHABLE} when that cannot be told now
     */
    public Jwt idToken(String token, ClientRegistration registration) {
        JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
        times.setClock(clock);
        OidcIdTokenValidator claims = new OidcIdTokenValidator(registration);
        claims.setClockSkew(SKEW);
        claims.setClock(clock);
        try {
            return new TokenDecoder(keys, TrustedIssuer.ALGORITHMS, new DelegatingOAuth2TokenValidator<>(times, claims))
                    .decode(token);
        } catch (BridgeException unreadable) {
            throw unreachable("its keys cannot be read", unreadable);
        }
    }

    /**
     * Who has signed in, by the rules for access tokens.
     *
     * @throws InvalidBearerTokenException when the token does not name a person as it has to
     */
    public Caller.Person person(OidcIdToken token) {
        return people.caller(new PersonClaims(token.getClaims()), token.getSubject());
    }

    /**
     * Where a person's session at the issuer can be ended (OpenID Connect RP-Initiated Logout 1.0, section 2); empty where it offers
     * that nowhere, or cannot be asked.
     *
     * @param back where the issuer is to lead the person afterwards
     */
    public Optional<URI> endOfSession(String back) {
        return registration
                .endOfSession()
                .map(address -> UriComponentsBuilder.fromUri(address)
                        .queryParam("client_id", "{client}")
                        .queryParam("post_logout_redirect_uri", "{back}")
                        .encode()
                        .buildAndExpand(client.id(), back)
                        .toUri());
    }

    /** The same as far as it is known already, without what the issuer is told there. */
    public Optional<URI> knownEndOfSession() {
        return registration.knownEndOfSession();
    }

    /**
     * What the issuer has said, to be logged: one line of plain text, without the client's secret.
     *
     * @param code that it may repeat; {@code null} for none
     */
    public String withoutSecrets(String said, @Nullable String code) {
        String text = said.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
        for (String secret : new String[] {client.secret(), code}) {
            text = secret == null || secret.isEmpty() ? text : text.replace(secret, "…");
        }
        return text.length() > LONGEST_SAID ? text.substring(0, LONGEST_SAID) + "…" : text;
    }

    /** @param because a clause that says what was in the way */
    static OAuth2AuthenticationException unreachable(String because, @Nullable Exception cause) {
        OAuth2Error error = new OAuth2Error(UNREACHABLE, because, null);
        return cause == null
                ? new OAuth2AuthenticationException(error)
                : new OAuth2AuthenticationException(error, cause);
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokenClient(IssuerDocuments documents) {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestInterceptor(new TokenEndpointCalls(documents))
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return tokens;
    }
}
