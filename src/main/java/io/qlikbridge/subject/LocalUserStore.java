package io.qlikbridge.subject;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.news.Kind;
import io.qlikbridge.news.News;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps local users and their subjects. */
@Component
class LocalUserStore {

    private final LocalUserRepository rows;
    private final ApplicationEventPublisher events;
    private final News news;

    LocalUserStore(LocalUserRepository rows, ApplicationEventPublisher events, News news) {
        this.rows = rows;
        this.events = events;
        this.news = news;
    }

    @Transactional(readOnly = true)
    Optional<LocalUser> find(Username username) {
        return rows.findByUsername(username.value()).map(LocalUserRow::user);
    }

    @Transactional(readOnly = true)
    Optional<MappedUser> find(UUID id) {
        return rows.findById(id).map(LocalUserRow::mapped);
    }

    @Transactional(readOnly = true)
    Optional<String> mapping(UUID user, ConnectionId connection) {
        return rows.findMapping(user, connection.value());
    }

    /** Whether any user is mapped to the subject. */
    @Transactional(readOnly = true)
    boolean isMapped(String subject, ConnectionId connection) {
        return rows.countMapped(subject, connection.value()) > 0;
    }

    /**
     * At most {@code limit} users in the order of their names, behind {@code after}.
     *
     * @param username the only one that is looked for; empty for any
     * @param query what the username, name or e-mail address contains, in either case; empty for any
     */
    @Transactional(readOnly = true)
    List<MappedUser> search(String username, String query, String after, int limit) {
        String literal = query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return rows.search(username, literal, after, Limit.of(limit)).stream()
                .map(LocalUserRow::mapped)
                .toList();
    }

    /** @throws org.springframework.dao.DataIntegrityViolationException when the username is taken */
    @Transactional
    void add(MappedUser user) {
        rows.saveAndFlush(new LocalUserRow(user, null));
        events.publishEvent(new UserCreated(user.user().id(), user.user().username()));
        user.subjects().forEach(this::given);
    }

    /**
     * Replaces the user, unless it is gone.
     *
     * @param replaced told of the user as it is then, inside the transaction
     * @throws org.springframework.dao.DataIntegrityViolationException when the username is taken
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody else changed it meanwhile
     */
    @Transactional
    Optional<MappedUser> replace(UUID id, Function<MappedUser, MappedUser> next, Consumer<MappedUser> replaced) {
        return rows.findById(id).map(present -> {
            MappedUser before = present.mapped();
            MappedUser user = next.apply(before);
            rows.saveAndFlush(new LocalUserRow(user, present.version()));
            if (!user.equals(before)) {
                events.publishEvent(UserUpdated.of(before, user));
            }
            replaced.accept(user);
            news.changed(Kind.USER, before.user().username().value());
            news.changed(Kind.USER, user.user().username().value());
            given(before, user);
            return user;
        });
    }

    /** Deletes the user with its subjects; tells whether it was there. */
    @Transactional
    boolean delete(UUID id) {
        Optional<LocalUser> present = rows.findById(id).map(LocalUserRow::user);
        boolean deleted = rows.deleteRow(id) > 0;
        if (deleted) {
            present.ifPresent(user -> {
                events.publishEvent(new UserDeleted(id, user.username()));
                news.changed(Kind.USER, user.username().value());
            });
        }
        return deleted;
    }

    private void given(MappedUser before, MappedUser after) {
        after.subjects().forEach((connection, subject) -> {
            if (!subject.equals(before.subjects().get(connection))) {
                given(connection, subject);
            }
        });
    }

    private void given(ConnectionId connection, String subject) {
        news.changed(Kind.SUBJECT, connection.value() + "/" + subject);
    }

    /** Adds the user unless somebody has done so meanwhile, and answers who is there then. */
    @Transactional
    LocalUser provision(
            Username username,
            @Nullable String name,
            @Nullable String email,
            boolean emailVerified,
            List<String> groups,
            Instant now) {
        UUID id = Generators.timeBasedEpochGenerator().generate();
        int added = rows.insertIfAbsent(
                id, username.value(), name, email, emailVerified, groups.toArray(String[]::new), now);
        if (added > 0) {
            events.publishEvent(new UserCreated(id, username));
        }
        return rows.findByUsername(username.value()).orElseThrow().user();
    }
}
