package io.qlikbridge.access;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Sees to it at start that somebody can administer the bridge: client {@code admin}. */
@Component
class FirstAdmin implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);
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

                ────────────────────────────────────────────────────────────────────────
                The first admin of this bridge. Keep the secret: it is not shown again.

                    client id      %s
                    client secret  %s

                To choose it yourself, set %s before the start.
                ────────────────────────────────────────────────────────────────────────
                """.formatted(Clients.ADMIN, secret.value(), SETTING));
        out.flush();
    }
}
