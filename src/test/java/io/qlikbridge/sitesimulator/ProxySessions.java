package io.qlikbridge.sitesimulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** The sessions of all virtual proxies, and how many there were. */
final class ProxySessions {

    private final Clock clock;
    private final SiteSettings settings;
    private final Map<String, ProxySession> sessions = new LinkedHashMap<>();
    private final Map<SiteUser, List<Instant>> opened = new LinkedHashMap<>();
    private final Map<SiteUser, Integer> mostAtOnce = new LinkedHashMap<>();
    private int refused;

    ProxySessions(Clock clock, SiteSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /** Refused where the user has opened as many as a license allows in the time before, whatever has become of them. */
    synchronized ProxySession open(VirtualProxy proxy, SiteUser user) {
        Instant now = clock.instant();
        List<Instant> before = opened.computeIfAbsent(user, first -> new ArrayList<>());
        Instant since = now.minus(settings.sessionWindow);
        if (before.stream().filter(at -> at.isAfter(since)).count() >= settings.mostSessions) {
            refused++;
            throw SiteRefusal.of(
                    settings.sessionLimitStatus, "You have reached the maximum number of parallel sessions.");
        }
        before.add(now);
        ProxySession session = new ProxySession(UUID.randomUUID().toString(), proxy, user, now);
        sessions.put(session.id(), session);
        mostAtOnce.merge(user, of(user).size(), Math::max);
        return session;
    }

    /** One that lasts, which is used by that. */
    synchronized Optional<ProxySession> use(VirtualProxy proxy, String id) {
        Optional<ProxySession> found = find(proxy, id);
        found.ifPresent(session -> session.use(clock.instant()));
        return found;
    }

    synchronized Optional<ProxySession> find(VirtualProxy proxy, String id) {
        return living().stream()
                .filter(session -> session.id().equals(id) && session.proxy() == proxy)
                .findFirst();
    }

    /** @return those that it ended */
    synchronized List<ProxySession> end(Predicate<ProxySession> which) {
        List<ProxySession> ended = living().stream().filter(which).toList();
        ended.forEach(session -> sessions.remove(session.id()));
        return ended;
    }

    synchronized List<ProxySession> living() {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> session.isOver(now));
        return List.copyOf(sessions.values());
    }

    synchronized List<ProxySession> of(SiteUser user) {
        return living().stream().filter(session -> session.user().equals(user)).toList();
    }

    synchronized int opened() {
        return opened.values().stream().mapToInt(List::size).sum();
    }

    synchronized int opened(SiteUser user) {
        return opened.getOrDefault(user, List.of()).size();
    }

    synchronized int mostAtOnce(SiteUser user) {
        return mostAtOnce.getOrDefault(user, 0);
    }

    synchronized int refused() {
        return refused;
    }
}
