package io.qlikbridge.failure;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers callers who are not signed in, or may not do what they ask for, with the challenge of RFC 6750, section 3. */
@Component
public class BearerProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    public static final String SCOPE = "SCOPE_";

    private final ProblemAnswers answers;

    BearerProblems(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (!(failure instanceof OAuth2AuthenticationException refused)) {
            // a caller who sent no token is told no error code
            write(
                    request,
                    response,
                    new BridgeException(
                            ProblemCode.UNAUTHENTICATED,
                            "Send an access token as Authorization: Bearer. POST /oauth2/token gives one to clients."),
                    "Bearer");
            return;
        }
        OAuth2Error error = refused.getError();
        ProblemCode code = OAuth2ErrorCodes.INVALID_REQUEST.equals(error.getErrorCode())
                ? ProblemCode.INVALID_REQUEST
                : ProblemCode.UNAUTHENTICATED;
        String description = String.valueOf(error.getDescription());
        write(
                request,
                response,
                new BridgeException(code, description),
                "Bearer error=\"" + error.getErrorCode() + "\", error_description=\"" + description + "\"");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
            throws IOException {
        String scopes = missing(denial);
        write(
                request,
                response,
                new BridgeException(
                        ProblemCode.FORBIDDEN,
                        scopes.isEmpty()
                                ? "The caller may not do this."
                                : "This needs the scope " + scopes + ", which the caller's token does not have."),
                "Bearer error=\"insufficient_scope\"" + (scopes.isEmpty() ? "" : ", scope=\"" + scopes + "\""));
    }

    private static String missing(AccessDeniedException denial) {
        return denial instanceof AuthorizationDeniedException denied
                        && denied.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision
                ? decision.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .map(authority -> String.valueOf(authority).replace(SCOPE, ""))
                        .collect(Collectors.joining(" "))
                : "";
    }

    private void write(
            HttpServletRequest request, HttpServletResponse response, BridgeException problem, String challenge)
            throws IOException {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        answers.write(request, response, problem, headers);
    }
}
