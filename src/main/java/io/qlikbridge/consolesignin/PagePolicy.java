package io.qlikbridge.consolesignin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.header.HeaderWriter;

/**
 * What a page may do: load from here alone, run nothing that stands in it, send its forms here, and be in no frame (Content Security
 * Policy Level 3). The origin goes with forms, for {@link SameOriginFilter} to see.
 */
class PagePolicy implements HeaderWriter {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private final ObjectProvider<SignInOffer> offers;

    PagePolicy(ObjectProvider<SignInOffer> offers) {
        this.offers = offers;
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        String leading = offers.stream()
                .flatMap(offer -> offer.origins().stream())
                .sorted()
                .map(origin -> " " + origin)
                .collect(Collectors.joining());
        response.setHeader("Content-Security-Policy", POLICY + leading);
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "clipboard-write=(self)");
    }
}
