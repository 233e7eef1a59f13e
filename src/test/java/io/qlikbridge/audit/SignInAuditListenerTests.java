package io.qlikbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.auditlog.AuditEntry;
import io.qlikbridge.auditlog.AuditLog;
import io.qlikbridge.signin.ClientNotSignedIn;
import io.qlikbridge.signin.ClientSignedIn;
import io.qlikbridge.signin.PersonNotSignedIn;
import io.qlikbridge.signin.PersonSignedIn;
import io.qlikbridge.username.Username;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SignInAuditListenerTests {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final List<String> rows = new ArrayList<>();
    private final SignInAuditListener trail = trail();

    @Test
    void adminsAreToldByTheirNames() {
        trail.on(new ClientSignedIn("admin", "192.0.2.1"));
        trail.on(new PersonSignedIn(new Username("ada"), "https://issuer.example.org", null));

        assertThat(rows)
                .containsExactly(
                        "client:admin client.sign-in SUCCESS {clientId=admin, address=192.0.2.1}",
                        "user:ada user.sign-in SUCCESS {issuer=https://issuer.example.org}");
    }

    @Test
    void failuresOfAClientFromAnAddressAreOneRowAndThenACount() {
        for (int times = 0; times < 5; times++) {
            trail.on(new ClientNotSignedIn("job", true, "192.0.2.1"));
        }
        trail.on(new ClientNotSignedIn("job", true, "192.0.2.2"));
        assertThat(rows)
                .containsExactly(
                        "bridge client.sign-in FAILURE {clientId=job, address=192.0.2.1}",
                        "bridge client.sign-in FAILURE {clientId=job, address=192.0.2.2}");
        rows.clear();

        now.set(NOW.plus(RefusalCounts.WINDOW));
        trail.tell(false);

        assertThat(rows)
                .containsExactly(
                        "bridge client.sign-in FAILURE {clientId=job, address=192.0.2.1, count=4, since=" + NOW + "}");
    }

    @Test
    void floodOfNamesThatAreMadeUpIsBoundedAndHidesNoClient() {
        for (int times = 0; times < 500; times++) {
            trail.on(new ClientNotSignedIn("n" + times, false, "192.0.2." + times % 250));
        }
        assertThat(rows).hasSize(RefusalCounts.MOST_ROWS);
        rows.clear();

        trail.on(new ClientNotSignedIn("job", true, "192.0.2.1"));
        assertThat(rows).hasSize(1);
        rows.clear();
        now.set(NOW.plus(RefusalCounts.WINDOW));
        trail.tell(false);

        assertThat(rows)
                .containsExactly("bridge client.sign-in FAILURE {count=" + (500 - RefusalCounts.MOST_ROWS) + ", since="
                        + NOW + "}");
    }

    @Test
    void peopleWhoCameBackInVainAreToldByNameWhereTheIssuerVouchedForThem() {
        String issuer = "https://issuer.example.org";
        trail.on(new PersonNotSignedIn(issuer, "not-admin", new Username("ada"), "192.0.2.1"));
        for (int times = 0; times < 500; times++) {
            trail.on(new PersonNotSignedIn(issuer, "not-begun", null, "192.0.2." + times % 250));
        }
        trail.on(new PersonNotSignedIn(issuer, "disabled", new Username("ben"), null));
        assertThat(rows)
                .hasSize(RefusalCounts.MOST_ROWS + 2)
                .startsWith(
                        "bridge user.sign-in FAILURE {issuer=" + issuer + ", reason=not-admin, address=192.0.2.1}",
                        "bridge user.sign-in FAILURE {issuer=" + issuer + ", reason=not-begun, address=192.0.2.0}")
                .endsWith("bridge user.sign-in FAILURE {issuer=" + issuer + ", reason=disabled}");
        rows.clear();

        trail.destroy();

        assertThat(rows).anySatisfy(row -> assertThat(row).startsWith("bridge user.sign-in FAILURE {count="));
    }

    @Test
    void floodForOneClientIsBoundedToo() {
        for (int times = 0; times < 200; times++) {
            trail.on(new ClientNotSignedIn("job", true, "192.0.2." + times));
        }
        assertThat(rows).hasSize(RefusalCounts.MOST_ROWS);
        rows.clear();

        trail.destroy();

        assertThat(rows)
                .containsExactly("bridge client.sign-in FAILURE {clientId=job, count=" + (200 - RefusalCounts.MOST_ROWS)
                        + ", since=" + NOW + "}");
    }

    private SignInAuditListener trail() {
        InstantSource source = now::get;
        AuditLog written = new AuditLog(null, null, null, null) {
            @Override
            public void write(AuditEntry entry, String actor) {
                Map<String, Object> details = entry.details();
                rows.add(actor + " " + entry.action().value() + " " + entry.outcome() + " " + details);
            }
        };
        return new SignInAuditListener(written, source.withZone(ZoneOffset.UTC));
    }
}
