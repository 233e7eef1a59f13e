package io.qlikbridge.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What each address may take. Little from whoever has not signed in yet, or with a credential of little power; more where the scope
 * {@code bridge.admin} is needed; forms with files at the addresses of uploads alone. {@code bridge.web.max-body-at} overrides a size.
 */
@Component
public class AddressLimits {

    /** For whatever an address without {@code bridge.admin} takes: a form for a token, or a user's name. */
    static final DataSize SMALL = DataSize.ofKilobytes(8);

    private static final DataSize UPLOAD = DataSize.ofKilobytes(256);
    private static final DataSize IMPORT = DataSize.ofMegabytes(64);

    /** A file of 64 MB over a line of 1 Mbit a second. */
    private static final Duration LONG = Duration.ofMinutes(10);

    /**
     * @param body the most that is read of a body
     * @param within how long the body may take, from the end of the head on
     * @param multipart whether it takes multipart/form-data
     */
    public record Limit(DataSize body, Duration within, boolean multipart) {

        /** Whether the whole body is read before anything is set aside for the request. */
        boolean isSmall() {
            return body.compareTo(SMALL) <= 0;
        }
    }

    private record Entry(PathPattern path, Limit limit) {

        static Entry of(String path, Limit limit) {
            return new Entry(PathPatternParser.defaultInstance.parse(path), limit);
        }
    }

    private final List<Entry> entries;
    private final List<Entry> configured = new ArrayList<>();
    private final Limit others;

    AddressLimits(WebProperties web) {
        Duration within = web.bodyDeadline();
        Limit small = new Limit(SMALL, within, false);
        others = small;
        entries = List.of(
                Entry.of("/oauth2/**", small),
                Entry.of("/api/v1/me", small),
                Entry.of("/api/v1/connections/{connection}/token", small),
                Entry.of("/api/v1/connections/{connection}/apps", small),
                Entry.of("/api/v1/connections/{connection}/signing-keys", new Limit(UPLOAD, within, true)),
                Entry.of("/api/v1/connections/{connection}/certificates", new Limit(UPLOAD, within, true)),
                Entry.of("/api/v1/users/import", new Limit(IMPORT, within.compareTo(LONG) > 0 ? within : LONG, false)),
                Entry.of("/console/sign-in/**", small),
                Entry.of("/console/connections/{connection}/signing-keys", new Limit(UPLOAD, within, true)),
                Entry.of("/console/connections/{connection}/certificates", new Limit(UPLOAD, within, true)),
                Entry.of("/console/users/import", new Limit(IMPORT, within.compareTo(LONG) > 0 ? within : LONG, true)),
                Entry.of("/console/**", new Limit(web.maxBody(), within, false)),
                // all else there needs bridge.admin
                Entry.of("/api/**", new Limit(web.maxBody(), within, false)));
        web.maxBodyAt().forEach((path, size) -> {
            Limit before = limit(PathContainer.parsePath(path));
            configured.add(Entry.of(path, new Limit(size, before.within(), before.multipart())));
        });
    }

    Limit of(HttpServletRequest request) {
        return of(ServletRequestPathUtils.parse(request).pathWithinApplication());
    }

    /** @param path as it was sent, behind the context path */
    public Limit of(String path) {
        return of(PathContainer.parsePath(path));
    }

    private Limit of(PathContainer path) {
        return configured.stream()
                .filter(entry -> entry.path().matches(path))
                .findFirst()
                .map(Entry::limit)
                .orElseGet(() -> limit(path));
    }

    private Limit limit(PathContainer path) {
        return entries.stream()
                .filter(entry -> entry.path().matches(path))
                .findFirst()
                .map(Entry::limit)
                .orElse(others);
    }
}
