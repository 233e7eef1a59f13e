package io.qlikbridge.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which apps each subject may see, and the spaces they lie in. A subject nobody told of sees none. */
final class Catalog {

    private final Map<String, List<App>> bySubject = new ConcurrentHashMap<>();
    private final List<Space> spaces = new CopyOnWriteArrayList<>();

    void show(String subject, List<App> apps) {
        bySubject.put(subject, List.copyOf(apps));
    }

    List<App> of(User user) {
        return bySubject.getOrDefault(user.subject(), List.of());
    }

    void add(Space space) {
        spaces.add(space);
    }

    /** The spaces in which the user sees something. */
    List<Space> spacesOf(User user) {
        return spaces.stream()
                .filter(space -> of(user).stream().anyMatch(app -> space.id().equals(app.spaceId())))
                .toList();
    }

    Optional<Space> space(String id) {
        return spaces.stream().filter(space -> space.id().equals(id)).findFirst();
    }
}
