package io.qlikbridge.consolecredentials;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.leaseadmin.LeaseRevocations;
import io.qlikbridge.leaseadmin.RevocationWish;
import io.qlikbridge.problem.Violations;
import io.qlikbridge.username.Username;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Ends all credentials of a user, of a connection, or that a client was handed, once it was said how many these are. */
@ConsoleController
@RequestMapping(CredentialsSection.PATH + "/revoke")
class RevokeAllController {

    private static final String CLIENT = "client";

    private final LeaseRevocations revocations;
    private final Told told;

    RevokeAllController(LeaseRevocations revocations, Told told) {
        this.revocations = revocations;
        this.told = told;
    }

    @GetMapping
    String ask(@RequestParam MultiValueMap<String, String> typed, Model model) {
        RevocationWish wish = wish(typed);
        model.addAttribute("wish", wish);
        model.addAttribute("living", revocations.living(wish));
        return "console/consolecredentials-revoke-all";
    }

    @PostMapping
    String revoke(@RequestParam MultiValueMap<String, String> typed, HttpServletRequest http) {
        RevocationWish wish = wish(typed);
        LeaseRevocations.Revoked done = revocations.revokeAll(wish);
        UriComponentsBuilder page = UriComponentsBuilder.fromPath(CredentialsSection.PATH);
        if (wish.user() != null) {
            CredentialFilter.add(page, CredentialFilter.USER, wish.user().value());
        }
        if (wish.connection() != null) {
            CredentialFilter.add(
                    page, CredentialFilter.CONNECTION, wish.connection().value());
        }
        told.keep(http, done);
        page.queryParam(Told.PARAMETER);
        return "redirect:" + page.build(true).toUriString();
    }

    private static RevocationWish wish(MultiValueMap<String, String> typed) {
        Violations violations = new Violations();
        Username user = violations
                .read(value(typed, CredentialFilter.USER), CredentialFilter.USER, Username::new)
                .orElse(null);
        ConnectionId connection = violations
                .read(value(typed, CredentialFilter.CONNECTION), CredentialFilter.CONNECTION, ConnectionId::new)
                .orElse(null);
        violations.throwIfAny();
        return new RevocationWish(connection, user, value(typed, CLIENT));
    }

    private static @Nullable String value(MultiValueMap<String, String> typed, String name) {
        String value = typed.getFirst(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
