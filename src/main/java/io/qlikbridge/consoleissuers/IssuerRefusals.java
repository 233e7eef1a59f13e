package io.qlikbridge.consoleissuers;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.issuer.IssuerSignIn;
import io.qlikbridge.issuer.TrustedIssuers;
import io.qlikbridge.signin.CallerAddress;
import io.qlikbridge.signin.SignIns;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Leads whoever could not sign in at an issuer back to the page to sign in, which says why in our words alone: what an issuer says about
 * it goes into the log.
 */
@Component
@ConditionalOnConsole
class IssuerRefusals implements AuthenticationFailureHandler {

    static final String FAILED = "failed";
    static final String AT = "at";

    private static final Logger log = LoggerFactory.getLogger(IssuerRefusals.class);

    /** Those of which more is to be said than the page does, and whose number is bounded by the pace of sign-ins. */
    private static final Set<SignInFailure> TOLD = EnumSet.of(
            SignInFailure.DENIED,
            SignInFailure.ISSUER_ERROR,
            SignInFailure.CODE_REFUSED,
            SignInFailure.CLIENT_REFUSED,
            SignInFailure.ID_TOKEN_REFUSED,
            SignInFailure.NO_PERSON);

    private final TrustedIssuers issuers;
    private final SignIns signIns;

    IssuerRefusals(TrustedIssuers issuers, SignIns signIns) {
        this.issuers = issuers;
        this.signIns = signIns;
    }

    /** Somebody came back in vain. It is in the audit. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failed)
            throws IOException {
        String key = IssuerPaths.key(request);
        SignInFailure failure = failure(request, failed);
        issuers.signIn(key).ifPresent(issuer -> {
            if (TOLD.contains(failure)) {
                log.info(
                        "Somebody could not sign in to the console at {} ({}): {}",
                        issuer.issuer(),
                        failure.slug(),
                        issuer.withoutSecrets(said(failed), request.getParameter("code")));
            }
            signIns.refused(
                    issuer.issuer(),
                    failure.slug(),
                    failed instanceof PersonNotAdmitted person ? person.username() : null,
                    CallerAddress.of(request.getRemoteAddr()));
        });
        lead(request, response, failure, key);
    }

    /** Nobody could be led to the issuer. */
    void notBegun(HttpServletRequest request, HttpServletResponse response, AuthenticationException failed)
            throws IOException {
        String key = IssuerPaths.key(request);
        SignInFailure failure = issuers.signIn(key).isEmpty()
                ? SignInFailure.UNKNOWN_ISSUER
                : failed.getCause() instanceof AuthenticationException cause
                        ? SignInFailure.of(cause)
                        : SignInFailure.ISSUER_ERROR;
        lead(request, response, failure, key);
    }

    private SignInFailure failure(HttpServletRequest request, AuthenticationException failed) {
        if (issuers.signIn(IssuerPaths.key(request)).isEmpty()) {
            return SignInFailure.UNKNOWN_ISSUER;
        }
        SignInFailure failure = SignInFailure.of(failed);
        // an answer with neither code nor error is none
        return failure == SignInFailure.ISSUER_ERROR
                        && request.getParameter("error") == null
                        && request.getParameter("code") == null
                ? SignInFailure.NOT_BEGUN
                : failure;
    }

    private static String said(AuthenticationException failed) {
        return failed instanceof OAuth2AuthenticationException told
                ? told.getError().getErrorCode() + " "
                        + (told.getError().getDescription() == null
                                ? ""
                                : told.getError().getDescription())
                : String.valueOf(failed.getMessage());
    }

    private void lead(HttpServletRequest request, HttpServletResponse response, SignInFailure failure, String key)
            throws IOException {
        UriComponentsBuilder page = UriComponentsBuilder.fromPath(request.getContextPath())
                .path(IssuerPaths.PAGE)
                .queryParam(FAILED, failure.slug());
        issuers.signIn(key).map(IssuerSignIn::key).ifPresent(known -> page.queryParam(AT, known));
        response.sendRedirect(page.build().toUriString());
    }
}
