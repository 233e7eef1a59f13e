package io.qlikbridge.sitesimulator;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The users a site knows, and the apps and streams each of them may read. */
final class SiteCatalog {

    private final Set<SiteUser> known = ConcurrentHashMap.newKeySet();
    private final Set<SiteUser> disabled = ConcurrentHashMap.newKeySet();
    private final Map<SiteUser, List<SiteApp>> apps = new ConcurrentHashMap<>();
    private final Map<SiteUser, Set<SiteStream>> streams = new ConcurrentHashMap<>();

    void add(SiteUser user) {
        known.add(user);
    }

    void forget(SiteUser user) {
        known.remove(user);
        apps.remove(user);
        streams.remove(user);
    }

    void disable(SiteUser user) {
        disabled.add(user);
    }

    void enable(SiteUser user) {
        disabled.remove(user);
    }

    /** The accounts of the site's services are there from the start. */
    boolean knows(SiteUser user) {
        return user.isService() || known.contains(user);
    }

    boolean isDisabled(SiteUser user) {
        return disabled.contains(user);
    }

    /** In place of what the user saw before; makes the user. */
    void show(SiteUser user, List<SiteApp> shown) {
        known.add(user);
        apps.put(user, List.copyOf(shown));
    }

    /** Without an app in it. */
    void show(SiteUser user, SiteStream stream) {
        known.add(user);
        streams.computeIfAbsent(user, asked -> ConcurrentHashMap.newKeySet()).add(stream);
    }

    List<SiteApp> appsOf(SiteUser user) {
        if (user.isService()) {
            Map<String, SiteApp> all = new LinkedHashMap<>();
            apps.values().forEach(some -> some.forEach(app -> all.putIfAbsent(app.id(), app)));
            return List.copyOf(all.values());
        }
        return apps.getOrDefault(user, List.of());
    }

    Optional<SiteApp> appOf(SiteUser user, String id) {
        return appsOf(user).stream()
                .filter(app -> app.id().equalsIgnoreCase(id))
                .findFirst();
    }

    boolean hasApp(String id) {
        return apps.values().stream()
                .flatMap(List::stream)
                .anyMatch(app -> app.id().equalsIgnoreCase(id));
    }

    List<SiteStream> streamsOf(SiteUser user) {
        Set<SiteStream> all = new LinkedHashSet<>();
        for (SiteApp app : appsOf(user)) {
            SiteStream stream = app.stream();
            if (stream != null) {
                all.add(stream);
            }
        }
        all.addAll(streams.getOrDefault(user, Set.of()));
        return List.copyOf(all);
    }
}
