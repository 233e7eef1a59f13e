package io.qlikbridge.consoleissuers;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consolesignin.SignInOffer;
import io.qlikbridge.issuer.IssuerSignIn;
import io.qlikbridge.issuer.TrustedIssuers;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Offers each issuer with a client for the console on the page to sign in, and signs out there, too. */
@Component
@ConditionalOnConsole
class IssuerOffer implements SignInOffer {

    private final TrustedIssuers issuers;
    private final Callers callers;
    private final MessageSource messages;

    IssuerOffer(TrustedIssuers issuers, Callers callers, MessageSource messages) {
        this.issuers = issuers;
        this.callers = callers;
        this.messages = messages;
    }

    /** Issuers are asked for what has to be known of them, so that the first who signs in does not wait, and the log tells of mistakes. */
    @EventListener(ApplicationReadyEvent.class)
    void askIssuers() {
        for (IssuerSignIn issuer : issuers.signIns()) {
            Thread.ofVirtual().name("issuer-of-console").start(() -> {
                try {
                    issuer.registration();
                } catch (OAuth2AuthenticationException silent) {
                    // it is in the log
                }
            });
        }
    }

    @Override
    public List<Way> ways() {
        return issuers.signIns().stream()
                .map(issuer -> new Way(issuer.name(), IssuerPaths.START + "/" + issuer.key()))
                .toList();
    }

    @Override
    public Optional<String> failure(HttpServletRequest request) {
        return SignInFailure.of(request.getParameter(IssuerRefusals.FAILED)).map(failure -> {
            String key = request.getParameter(IssuerRefusals.AT);
            String name = issuers.signIn(key == null ? "" : key)
                    .map(IssuerSignIn::name)
                    .orElseGet(() -> messages.getMessage("consoleissuers.an-issuer", null, Locale.ENGLISH));
            return messages.getMessage("consoleissuers.failed." + failure.slug(), new Object[] {name}, Locale.ENGLISH);
        });
    }

    @Override
    public Optional<String> signOut(HttpServletRequest request) {
        String back = ServletUriComponentsBuilder.fromContextPath(request)
                .path(IssuerPaths.PAGE)
                .build()
                .toUriString();
        return callers.present()
                .filter(Caller.Person.class::isInstance)
                .map(Caller.Person.class::cast)
                .flatMap(person -> issuers.signIns().stream()
                        .filter(issuer ->
                                issuer.issuer().equals(person.identity().issuer()))
                        .findFirst())
                .flatMap(issuer -> issuer.endOfSession(back))
                .map(URI::toString);
    }

    @Override
    public Set<String> origins() {
        return issuers.signIns().stream()
                .flatMap(issuer -> issuer.knownEndOfSession().stream())
                .map(end -> end.getScheme() + "://" + end.getRawAuthority())
                .collect(Collectors.toSet());
    }
}
