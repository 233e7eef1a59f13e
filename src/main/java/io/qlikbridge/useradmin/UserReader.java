package io.qlikbridge.useradmin;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.problem.Violation;
import io.qlikbridge.problem.Violations;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.username.NewUsername;
import io.qlikbridge.username.UserRules;
import io.qlikbridge.username.Username;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a user of what an admin sent, or tells everything that is wrong with it. */
@Component
public class UserReader {

    private final Connections connections;

    UserReader(Connections connections) {
        this.connections = connections;
    }

    /**
     * The user that is asked for, made now.
     *
     * @param present what the user is called, where it is there already: it may go on being called so
     * @throws io.qlikbridge.problem.BridgeException {@code invalid-request} with all that is wrong
     */
    public MappedUser read(UUID id, UserRequest request, Instant now, @Nullable Username present) {
        boolean same = present != null && present.value().equals(request.username());
        return read(id, request, same ? Username::new : NewUsername::of, now, connections::known, new Violations());
    }

    /**
     * As the other, for who knows more.
     *
     * @param usernames reads the username
     * @param known tells which of some ids name a connection
     * @param violations what was found to be wrong before
     */
    public MappedUser read(
            UUID id,
            UserRequest request,
            Function<String, Username> usernames,
            Instant now,
            UnaryOperator<Set<ConnectionId>> known,
            Violations violations) {
        Optional<Username> username = violations.readRequired(request.username(), "#/username", usernames);
        Optional<String> name = violations.read(request.name(), "#/name", UserRules::text);
        Optional<String> email = violations.read(request.email(), "#/email", UserRules::email);
        boolean emailVerified = Boolean.TRUE.equals(request.emailVerified());
        violations.require(
                !emailVerified || request.email() != null, "#/emailVerified", "is true only where there is an email");
        List<String> groups = groups(Objects.requireNonNullElse(request.groups(), List.of()), violations);
        Map<ConnectionId, String> subjects =
                subjects(Objects.requireNonNullElse(request.subjects(), Map.of()), known, violations);
        violations.throwIfAny();
        LocalUser user = new LocalUser(
                id,
                username.orElseThrow(),
                name.orElse(null),
                email.orElse(null),
                emailVerified,
                groups,
                !Boolean.FALSE.equals(request.enabled()));
        return new MappedUser(user, subjects, now, now);
    }

    private static List<String> groups(List<@Nullable String> asked, Violations violations) {
        Set<String> groups = new LinkedHashSet<>();
        if (!violations.require(
                asked.size() <= UserRules.MOST_GROUPS, "#/groups", "holds at most " + UserRules.MOST_GROUPS)) {
            return List.of();
        }
        for (int at = 0; at < asked.size(); at++) {
            String pointer = Violation.pointer("groups", String.valueOf(at));
            violations
                    .readRequired(asked.get(at), pointer, UserRules::group)
                    .ifPresent(group -> violations.require(groups.add(group), pointer, "is there twice"));
        }
        return List.copyOf(groups);
    }

    private Map<ConnectionId, String> subjects(
            Map<String, @Nullable String> asked, UnaryOperator<Set<ConnectionId>> known, Violations violations) {
        Map<ConnectionId, String> subjects = new TreeMap<>();
        asked.forEach((key, value) -> {
            String pointer = Violation.pointer("subjects", key);
            Optional<ConnectionId> connection = violations.read(key, pointer, ConnectionId::new);
            Optional<String> subject = violations.readRequired(value, pointer, UserRules::subject);
            connection.ifPresent(id -> subjects.put(id, subject.orElse("")));
        });
        Set<ConnectionId> there = known.apply(subjects.keySet());
        subjects.replaceAll((id, subject) -> {
            String pointer = Violation.pointer("subjects", id.value());
            return violations.require(there.contains(id), pointer, "There is no connection " + id) && !subject.isEmpty()
                    ? violations.read(subject, pointer, text -> whole(id, text)).orElse(subject)
                    : subject;
        });
        return subjects;
    }

    /** As it is kept, so that two spellings of one subject are the same. */
    private String whole(ConnectionId id, String subject) {
        return connections.cached(id).settings().subject(subject, subject);
    }
}
