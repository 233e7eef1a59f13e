package io.qlikbridge.subject;

import io.qlikbridge.connection.Connection;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That a user is the subject that somebody has read, as a condition of SQL: {@link Subjects#of} would give the same again for a connection
 * and a user that are as they were. Where it does not hold it may be so all the same, such as after a change that makes no difference.
 *
 * @param byTemplate whether the connection's template makes the subject
 */
public record StillSubject(Connection connection, Subject subject, boolean byTemplate) {

    public static final String CONDITION = """
            exists (select from local_user u, connection c
                where c.id = :connection and c.host = :host and c.updated_at = :connectionOf
                    and u.id = :user and u.username = :username and u.enabled and u.email is not distinct from :email
                    and u.email_verified = :emailVerified and u.groups = cast(:groups as text[]))
            and coalesce(
                (select m.subject = :subject from subject_mapping m
                    where m.user_id = :user and m.connection_id = :connection),
                :byTemplate
                    and (select t.user_id = :user from subject_by_template t
                        where t.connection_id = :connection and t.canonical = :canonical)
                    and not exists (select from subject_mapping m
                        where m.connection_id = :connection and m.canonical = :canonical)
                    and not exists (select from subject_mapping m where m.canonical is null),
                false)
            """;

    public Map<String, @Nullable Object> parameters() {
        LocalUser user = subject.user();
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("connection", connection.id().value());
        parameters.put("connectionOf", connection.updatedAt().atOffset(ZoneOffset.UTC));
        parameters.put("host", connection.host().toString());
        parameters.put("user", user.id());
        parameters.put("username", user.username().value());
        parameters.put("email", user.email());
        parameters.put("emailVerified", user.emailVerified());
        parameters.put("groups", user.groups().toArray(String[]::new));
        parameters.put("subject", subject.value());
        parameters.put("canonical", QlikSpelling.key(subject.value()));
        parameters.put("byTemplate", byTemplate);
        return parameters;
    }
}
