package io.qlikbridge.client;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Sees to it at start that somebody can administer the bridge: client {@code admin}. */
@Component
public class FirstAdmin implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);
    /** Makes the secret of client {@code admin} anew. */
    public static final String RENEWAL = "/api/v1/clients/" + Clients.ADMIN + "/secret";

    public static final int LEAST_CHARACTERS = 12;
    private static final int LEAST_DIFFERENT = 5;
    private static final String SETTING = "bridge.access.admin-secret";

    private final Clients clients;
    private final AccessProperties properties;

    FirstAdmin(Clients clients, AccessProperties properties) {
        this.clients = clients;
        this.properties = properties;
    }

    @Override
    public void afterSingletonsInstantiated() {
        String secret = properties.adminSecret();
        if (secret == null) {
            // System.out, not the log: logs are shipped and kept, this is for the eyes of whoever starts the bridge
            clients.addFirstAdmin().ifPresent(made -> print(made, System.out));
            return;
        }
        if (secret.getBytes(StandardCharsets.UTF_8).length > ClientSecret.MOST_BYTES) {
            throw new AccessCannotStart(
                    SETTING + " is longer than " + ClientSecret.MOST_BYTES + " bytes.",
                    "Set a shorter one. openssl rand -hex 32 makes a good one.");
        }
        if (secret.codePoints().count() < LEAST_CHARACTERS) {
            throw new AccessCannotStart(
                    SETTING + " is shorter than " + LEAST_CHARACTERS + " characters.",
                    "It opens everything, so nobody must guess it. Set a longer one, such as openssl rand -hex 32 prints, and"
                            + " start again: it takes the place of the one before.");
        }
        if (secret.codePoints().distinct().count() < LEAST_DIFFERENT) {
            throw new AccessCannotStart(
                    SETTING + " has fewer than " + LEAST_DIFFERENT + " different characters.",
                    "It opens everything, so nobody must guess it. Set another, such as openssl rand -hex 32 prints.");
        }
        if (secret.contains("+") || secret.contains("%")) {
            log.warn(
                    "{} has a + or %, which HTTP Basic wants form-encoded (RFC 6749, section 2.3.1); curl -u sends it as"
                            + " it is. openssl rand -hex 32 makes one without",
                    SETTING);
        }
        clients.admit(new ClientSecret(secret));
    }

    private static void print(ClientSecret secret, PrintStream out) {
        out.println("""

                ────────────────────────────────────────────────
                The first admin of this bridge. This secret is good for one thing, to be renewed:

                    client id      %s
                    client secret  %s

                Sign in with it at /console/, or ask for an access token with it and
                POST %s. Either shows the secret to keep.
                To choose it yourself, set %s before the
                start.
                ────────────────────────────────────────────────
                """.formatted(Clients.ADMIN, secret.value(), RENEWAL, SETTING));
        out.flush();
    }
}
