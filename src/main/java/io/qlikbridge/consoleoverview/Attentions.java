package io.qlikbridge.consoleoverview;

import static io.qlikbridge.consoleoverview.Attention.Urgency.NEXT;
import static io.qlikbridge.consoleoverview.Attention.Urgency.NOW;
import static io.qlikbridge.consoleoverview.Attention.Urgency.SOON;

import io.qlikbridge.check.LastCheck;
import io.qlikbridge.console.ConditionalOnConsole;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what needs attention, the most urgent first, each with the page that mends it. */
@Component
@ConditionalOnConsole
class Attentions {

    private static final Duration JUST_NOW = Duration.ofHours(1);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final MessageSource messages;

    Attentions(MessageSource messages) {
        this.messages = messages;
    }

    List<Attention> of(List<ConnectionHealth> connections, SystemState system) {
        List<Attention> found = new ArrayList<>();
        connections.forEach(connection -> look(connection, system.now(), found));
        new SystemAttentions(this::say).look(system, found);
        found.sort(Comparator.comparing(Attention::urgency));
        return List.copyOf(found);
    }

    private void look(ConnectionHealth connection, Instant now, List<Attention> found) {
        String id = connection.id();
        String page = "/console/connections/" + id;
        String credentials = "/console/credentials?connection=" + id + "&state=";
        LastCheck test = connection.lastTest();
        if (test == null) {
            found.add(say(NEXT, "untested", page, id));
        } else if (!test.passed()) {
            found.add(say(NOW, "test-failed", page + "#test", id, time(test.at()), String.valueOf(test.failed())));
        }
        connection.certificates().stream()
                .filter(end -> end.alarm() != null)
                .forEach(end -> found.add(certificate(end, page, id)));
        if (connection.overdue() > 0) {
            found.add(say(SOON, "overdue", credentials + "active", id, connection.overdue()));
        }
        if (connection.hindered() > 0) {
            found.add(say(SOON, "hindered", credentials + "revoking", id, connection.hindered()));
        }
        Instant notIssued = connection.notIssuedAt();
        if (notIssued != null && notIssued.isAfter(now.minus(JUST_NOW))) {
            found.add(say(SOON, "not-issued", credentials + "failed", id, connection.notIssued(), time(notIssued)));
        }
    }

    private Attention certificate(CertificateEnd end, String page, String id) {
        Attention.Urgency urgency = end.tone().equals("bad") ? NOW : SOON;
        if (!end.ofKey()) {
            return say(urgency, "site-certificate", page + "#certificates", id, end.name(), end.end());
        }
        return say(
                urgency,
                end.active() ? "key-certificate" : "staged-certificate",
                page + "#signing-keys",
                id,
                end.name(),
                end.end());
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private Attention say(Attention.Urgency urgency, String what, String path, Object... arguments) {
        return new Attention(
                urgency,
                messages.getMessage("overview.attention." + what, arguments, Locale.ENGLISH),
                messages.getMessage("overview.attention." + what + ".link", arguments, Locale.ENGLISH),
                path);
    }
}
