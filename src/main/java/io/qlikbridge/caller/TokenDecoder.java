package io.qlikbridge.caller;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.time.Duration;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** Verifies access tokens of one issuer. What it says about a bad one never repeats a part of it. */
public class TokenDecoder {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final NimbusJwtDecoder decoder;

    public TokenDecoder(
            JWKSource<SecurityContext> keys, Set<JWSAlgorithm> algorithms, OAuth2TokenValidator<Jwt> rules) {
        this(keys, algorithms, rules, new DefaultJWSVerifierFactory());
    }

    /** @param verifiers who verifies, of those that can verify the algorithms */
    public TokenDecoder(
            JWKSource<SecurityContext> keys,
            Set<JWSAlgorithm> algorithms,
            OAuth2TokenValidator<Jwt> rules,
            JWSVerifierFactory verifiers) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSVerifierFactory(verifiers);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        // "JWT", "at+jwt" (RFC 9068) or nothing: the audience is what keeps ID tokens out
        processor.setJWSTypeVerifier((type, context) -> {});
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        this.decoder = new NimbusJwtDecoder(processor);
        this.decoder.setJwtValidator(rules);
    }

    /**
     * The claims of a token that is good.
     *
     * @throws InvalidBearerTokenException when it is not
     * @throws BridgeException {@code issuer-unreachable} when that cannot be told now
     */
    public Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (JwtValidationException invalid) {
            throw new InvalidBearerTokenException(invalid.getErrors().stream()
                    .map(OAuth2Error::getDescription)
                    .findFirst()
                    .orElse("The access token is not valid"));
        } catch (BadJwtException bad) {
            throw new InvalidBearerTokenException("The access token is malformed, or signed by somebody unknown");
        } catch (JwtException unreachable) {
            throw new BridgeException(
                    ProblemCode.ISSUER_UNREACHABLE,
                    "The keys of the access token's issuer cannot be read now, so it cannot be verified. Ask again.",
                    null,
                    RETRY_AFTER,
                    unreachable);
        }
    }
}
