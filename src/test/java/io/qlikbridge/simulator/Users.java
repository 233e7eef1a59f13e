package io.qlikbridge.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The users of the tenant: one admin from the start, the others made by their first login. */
final class Users {

    private final Map<String, User> bySubject = new ConcurrentHashMap<>();
    private final Map<String, String> subjectsById = new ConcurrentHashMap<>();
    private final Settings settings;
    private final Clock clock;
    private final User admin;

    Users(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        Instant now = clock.instant();
        this.admin =
                new User(RandomText.objectId(), "simulator|admin", "Tenant admin", null, List.of(), true, now, now);
        keep(admin);
    }

    User admin() {
        return admin;
    }

    /**
     * The user who logs in. Groups are taken at each login; name and e-mail stay as the first one gave them, which Qlik
     * leaves open.
     */
    User login(String subject, String name, @Nullable String email, List<String> groups) {
        Instant now = clock.instant();
        return bySubject.compute(subject, (key, known) -> {
            if (known != null) {
                return known.with(groups, now);
            }
            User made = new User(RandomText.objectId(), subject, name, email, groups, false, now, now);
            subjectsById.put(made.id(), subject);
            return made;
        });
    }

    Optional<User> find(String id) {
        return Optional.ofNullable(subjectsById.get(id)).map(bySubject::get);
    }

    Optional<User> ofSubject(String subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }

    List<User> all() {
        return List.copyOf(bySubject.values());
    }

    boolean isDisabled(User user) {
        return settings.disabledSubjects.contains(user.subject());
    }

    private void keep(User user) {
        bySubject.put(user.subject(), user);
        subjectsById.put(user.id(), user.subject());
    }
}
