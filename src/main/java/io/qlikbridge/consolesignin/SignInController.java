package io.qlikbridge.consolesignin;

import io.qlikbridge.client.Scope;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.consolesession.ConsoleSessions;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.signin.ClientSecrets;
import io.qlikbridge.signin.SecretsThrottled;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page to sign in, for clients with their secret, and the way to whoever vouches for people. */
@ConsoleController
class SignInController {

    private static final String PAGE = "console/consolesignin-sign-in";
    private static final String REDIRECT = "redirect:";

    private final ClientSecrets secrets;
    private final ConsoleSessions sessions;
    private final SecretSignIn secretSignIn;
    private final ObjectProvider<SignInOffer> offers;

    SignInController(
            ClientSecrets secrets,
            ConsoleSessions sessions,
            SecretSignIn secretSignIn,
            ObjectProvider<SignInOffer> offers) {
        this.secrets = secrets;
        this.sessions = sessions;
        this.secretSignIn = secretSignIn;
        this.offers = offers;
    }

    @GetMapping(WantedPage.SIGN_IN)
    String page(@RequestParam(required = false) @Nullable String next, HttpServletRequest request, Model model) {
        return show(model, request, next, "");
    }

    @PostMapping(WantedPage.SIGN_IN)
    String signIn(
            @RequestParam(defaultValue = "") String clientId,
            @RequestParam(defaultValue = "") String clientSecret,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            Model model) {
        if (!secretSignIn.isOffered() || !OverTls.isFit(request)) {
            throw new BridgeException(
                    ProblemCode.FORBIDDEN,
                    OverTls.isFit(request)
                            ? "Nobody signs in here with a client's secret: bridge.console.secret-sign-in is off."
                            : OverTls.WHY_NOT);
        }
        FormErrors errors = tryToSignIn(clientId.strip(), clientSecret, request);
        if (errors != null) {
            model.addAttribute("errors", errors);
            return show(model, request, next, clientId);
        }
        return REDIRECT + WantedPage.after(next);
    }

    /** Ends the session on all replicas, and lets the browser forget pages it has kept. */
    @PostMapping("/console/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> elsewhere = offers.stream()
                .flatMap(offer -> offer.signOut(request).stream())
                .findFirst();
        sessions.end(request);
        response.setHeader("Clear-Site-Data", "\"cache\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return REDIRECT + elsewhere.orElse(WantedPage.SIGN_IN + "?done=signed-out");
    }

    private @Nullable FormErrors tryToSignIn(String clientId, String secret, HttpServletRequest request) {
        if (clientId.isEmpty()) {
            return FormErrors.at("clientId", "Enter the ID of a client, such as admin.");
        }
        if (secret.isEmpty()) {
            return FormErrors.at("clientSecret", "Enter the client's secret.");
        }
        try {
            RegisteredClient client = secrets.check(clientId, secret, new WebAuthenticationDetails(request))
                    .orElse(null);
            if (client == null) {
                return refusal("The client ID or the client secret is wrong.");
            }
            if (!client.getScopes().contains(Scope.ADMIN.value())) {
                return refusal("This client may not administer the bridge: it does not have the scope bridge.admin.");
            }
            sessions.begin(request, client.getId());
            return null;
        } catch (SecretsThrottled throttled) {
            return refusal("Too many wrong secrets came for this client. Check the secret, and try again in "
                    + Math.max(1, throttled.retryAfter().plusMillis(999).toSeconds()) + " seconds.");
        } catch (OAuth2AuthenticationException busy) {
            return refusal("Too many sign in at once. Try again shortly.");
        }
    }

    private static FormErrors refusal(String sentence) {
        return FormErrors.of(new BridgeException(ProblemCode.UNAUTHENTICATED, sentence));
    }

    private String show(Model model, HttpServletRequest request, @Nullable String next, String clientId) {
        List<SignInOffer.Way> ways =
                offers.stream().flatMap(offer -> offer.ways().stream()).toList();
        model.addAttribute("ways", ways);
        model.addAttribute(
                "failure",
                offers.stream()
                        .flatMap(offer -> offer.failure(request).stream())
                        .findFirst()
                        .orElse(null));
        model.addAttribute("secret", secretSignIn.isOffered());
        model.addAttribute("fit", OverTls.isFit(request));
        model.addAttribute("notFit", OverTls.WHY_NOT);
        model.addAttribute("next", next == null ? null : WantedPage.after(next));
        model.addAttribute("clientId", clientId);
        model.addAttribute("ended", request.getParameter("ended") != null);
        return PAGE;
    }
}
