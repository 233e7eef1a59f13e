package io.qlikbridge.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The users of the tenant: one admin from the start, the others made by an admin or by their first login. */
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

    /** Makes a user who has not logged in yet; nothing when there is one of this subject. */
    synchronized Optional<User> make(String subject, String name, @Nullable String email, boolean isAdmin) {
        if (bySubject.containsKey(subject)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        User made = new User(RandomText.objectId(), subject, name, email, List.of(), isAdmin, now, now);
        keep(made);
        return Optional.of(made);
    }

    /** The user as whom an OAuth client acts for itself. */
    User ofClient(String clientId, boolean isAdmin) {
        String subject = "qlikbot\\" + clientId;
        return make(subject, clientId, null, isAdmin).orElseGet(() -> bySubject.get(subject));
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
