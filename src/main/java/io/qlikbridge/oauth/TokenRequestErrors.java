package io.qlikbridge.oauth;

import io.qlikbridge.signin.SecretsThrottled;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.http.converter.OAuth2ErrorHttpMessageConverter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Answers token requests that fail, in OAuth's own form (RFC 6749, section 5.2), with a word on what to change. */
class TokenRequestErrors implements AuthenticationFailureHandler, AuthenticationEntryPoint {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final OAuth2ErrorHttpMessageConverter converter = new OAuth2ErrorHttpMessageConverter();
    private final String served;

    /** @param extensions the grants that are served beside client credentials */
    TokenRequestErrors(List<String> extensions) {
        this.served = extensions.isEmpty()
                ? "Only grant_type=client_credentials is served here."
                : "Only grant_type=client_credentials and " + String.join(", ", extensions) + " are served here.";
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        SecurityContextHolder.clearContext();
        if (failure instanceof SecretsThrottled throttled) {
            tooManyFailures(response, throttled);
            return;
        }
        String code = failure instanceof OAuth2AuthenticationException oauth
                ? oauth.getError().getErrorCode()
                : OAuth2ErrorCodes.INVALID_CLIENT;
        ServletServerHttpResponse answer = new ServletServerHttpResponse(response);
        answer.setStatusCode(statusOf(code));
        switch (code) {
            case OAuth2ErrorCodes.INVALID_CLIENT ->
                answer.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"qlik-bridge\"");
            case OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE ->
                answer.getHeaders().set(HttpHeaders.RETRY_AFTER, wholeSeconds(retryAfter(failure)));
            default -> {}
        }
        converter.write(new OAuth2Error(code, describe(code, request, failure), null), null, answer);
    }

    /** Somebody sent no client id and secret at all. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        onAuthenticationFailure(request, response, failure);
    }

    private void tooManyFailures(HttpServletResponse response, SecretsThrottled throttled) throws IOException {
        ServletServerHttpResponse answer = new ServletServerHttpResponse(response);
        answer.setStatusCode(HttpStatus.TOO_MANY_REQUESTS);
        answer.getHeaders().set(HttpHeaders.RETRY_AFTER, wholeSeconds(throttled.retryAfter()));
        answer.getHeaders().setCacheControl("no-store");
        converter.write(throttled.getError(), null, answer);
    }

    private static Duration retryAfter(AuthenticationException failure) {
        Duration said = failure instanceof TokenRequestRefused ours ? ours.retryAfter() : null;
        return said == null ? RETRY_AFTER : said;
    }

    private static String wholeSeconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusSeconds(1).minusNanos(1).toSeconds()));
    }

    private static HttpStatus statusOf(String code) {
        return switch (code) {
            case OAuth2ErrorCodes.INVALID_CLIENT -> HttpStatus.UNAUTHORIZED;
            case OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case OAuth2ErrorCodes.SERVER_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR;
            default -> HttpStatus.BAD_REQUEST;
        };
    }

    private String describe(String code, HttpServletRequest request, AuthenticationException failure) {
        if (failure instanceof TokenRequestRefused ours) {
            return ours.description();
        }
        return switch (code) {
            case OAuth2ErrorCodes.INVALID_CLIENT -> TokenRequestForm.whyNobodySignedIn(request);
            case OAuth2ErrorCodes.INVALID_SCOPE ->
                "The client does not have all of these scopes. Leave scope out to get those it has.";
            case OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE,
                    OAuth2ErrorCodes.UNAUTHORIZED_CLIENT,
                    OAuth2ErrorCodes.INVALID_GRANT -> served;
            case OAuth2ErrorCodes.INVALID_REQUEST -> TokenRequestForm.whatIsMissing(request);
            default ->
                failure instanceof OAuth2AuthenticationException oauth
                                && oauth.getError().getDescription() != null
                        ? oauth.getError().getDescription()
                        : "The request cannot be read.";
        };
    }
}
