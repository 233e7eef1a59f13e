package io.qlikbridge.consoleissuers;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consolesession.ConsoleSessions;
import io.qlikbridge.consolesignin.WantedPage;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.signin.CallerAddress;
import io.qlikbridge.signin.SignIns;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** Begins the session of a person who has signed in at an issuer, unless the user of that name is disabled or another person. */
@Component
@ConditionalOnConsole
class IssuerAdmittance implements AuthenticationSuccessHandler {

    private final ConsoleSessions sessions;
    private final SignIns signIns;
    private final IssuerRefusals refusals;

    IssuerAdmittance(ConsoleSessions sessions, SignIns signIns, IssuerRefusals refusals) {
        this.sessions = sessions;
        this.signIns = signIns;
        this.refusals = refusals;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException, ServletException {
        // whoever signs in makes no request yet
        SecurityContextHolder.clearContext();
        if (!(authentication.getPrincipal() instanceof SignedInPerson signedIn)) {
            throw new IllegalStateException("An issuer vouches for nobody");
        }
        Caller.Person person = signedIn.person();
        try {
            sessions.require(person);
        } catch (BridgeException refused) {
            if (refused.code().kind() != ProblemCode.Kind.FORBIDDEN) {
                throw refused;
            }
            SignInFailure failure =
                    refused.code() == ProblemCode.USER_DISABLED ? SignInFailure.DISABLED : SignInFailure.OTHER_PERSON;
            refusals.onAuthenticationFailure(request, response, new PersonNotAdmitted(failure, person.username()));
            return;
        }
        // in the audit before there is anything to be done with it
        signIns.seen(person, CallerAddress.of(request.getRemoteAddr()));
        sessions.begin(request, person);
        response.sendRedirect(request.getContextPath() + WantedPage.after(BegunSignIns.next(request)));
    }
}
