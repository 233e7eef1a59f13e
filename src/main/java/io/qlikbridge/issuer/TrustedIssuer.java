package io.qlikbridge.issuer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.TokenDecoder;
import io.qlikbridge.caller.TokenRules;
import io.qlikbridge.caller.VerifiedToken;
import io.qlikbridge.client.AccessProperties;
import io.qlikbridge.client.Scope;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.subject.Identity;
import io.qlikbridge.subject.QlikSpelling;
import io.qlikbridge.username.Username;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** An identity provider whose access tokens are accepted for the persons it vouches for. */
public class TrustedIssuer {

    /** Public keys only: a shared secret would let any other application of the issuer make tokens for us. */
    static final Set<JWSAlgorithm> ALGORITHMS = Stream.concat(
                    JWSAlgorithm.Family.RSA.stream(), JWSAlgorithm.Family.EC.stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final int LONGEST_SUBJECT = 255; // OpenID Connect Core 1.0, section 2

    private final Vouching vouching;
    private final IssuerLimits limits;
    private final TokenDecoder decoder;
    private final TokenRules rules;
    private final String issuer;
    private final String usernameClaim;
    private final String prefix;
    private final List<String> foreignPrefixes;
    private final @Nullable String adminRole;
    private final @Nullable String rolesClaim;

    /** @param foreignPrefixes of the other issuers, in Qlik's spelling, as far as a name of this one could begin with them */
    TrustedIssuer(
            AccessProperties.Issuer settings,
            Vouching vouching,
            IssuerLimits limits,
            JWKSource<SecurityContext> keys,
            TokenRules rules,
            List<String> foreignPrefixes) {
        this.vouching = vouching;
        this.limits = limits;
        this.rules = rules;
        this.decoder = new TokenDecoder(keys, ALGORITHMS, rules);
        this.issuer = TokenRules.withoutSlash(String.valueOf(settings.issuerUri()));
        this.usernameClaim = settings.usernameClaim();
        this.prefix = settings.usernamePrefix();
        this.foreignPrefixes = List.copyOf(foreignPrefixes);
        this.adminRole = settings.adminRole();
        this.rolesClaim = settings.rolesClaim();
    }

    public VerifiedToken verify(String token) {
        Jwt jwt = decoder.decode(token);
        Caller.Person person = caller(new PersonClaims(jwt.getClaims()), jwt.getSubject());
        return new VerifiedToken(rules.until(jwt), () -> person);
    }

    /** Its address, without a slash at the end. */
    String issuer() {
        return issuer;
    }

    /**
     * Who a token of this issuer is about.
     *
     * @throws InvalidBearerTokenException when it does not name a person as it has to
     */
    Caller.Person caller(PersonClaims claims, @Nullable String subject) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        scopes.addAll(limits.scopes());
        if (adminRole != null && claims.hasRole(adminRole, rolesClaim)) {
            scopes.add(Scope.ADMIN);
        }
        return new Caller.Person(
                username(claims),
                identity(subject),
                scopes,
                vouching.of(claims.profile()),
                limits.connections(),
                limits.maxValidity());
    }

    /** Required of an issuer by OpenID Connect Core 1.0, section 2, and RFC 9068, section 2.2. */
    private Identity identity(@Nullable String subject) {
        if (subject == null || PlainText.fault(subject, LONGEST_SUBJECT).isPresent()) {
            throw new InvalidBearerTokenException(
                    "The access token has no usable claim sub, by which its issuer tells people apart");
        }
        return new Identity(issuer, subject);
    }

    private Username username(PersonClaims claims) {
        String name = claims.text(usernameClaim);
        if (name == null) {
            throw new InvalidBearerTokenException(
                    "The access token has no claim " + usernameClaim + " to name the person by");
        }
        String username = prefix + name;
        if (foreignPrefixes.stream().anyMatch(QlikSpelling.of(username)::startsWith)) {
            // somebody here has taken a name that would be a person of another issuer
            throw new InvalidBearerTokenException("The person's name belongs to another trusted issuer");
        }
        try {
            return new Username(username);
        } catch (IllegalArgumentException unusable) {
            throw new InvalidBearerTokenException("The claim " + usernameClaim + " is not usable as a username");
        }
    }
}
