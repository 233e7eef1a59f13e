package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever is not plainly a newcomer is looked at piece by piece: each thing that may have come between is a reason to. */
@LeaseModuleTest
class NewcomerStoreTests {

    @Autowired
    private NewcomerStore newcomers;

    @Autowired
    private LeaseModuleWorld world;

    @Autowired
    private Subjects subjects;

    @Autowired
    private JdbcClient jdbc;

    private Connection connection;
    private Subject subject;

    @BeforeEach
    void furnish() {
        connection = world.connection();
        subject = world.subject(connection);
    }

    @Test
    void userOfATemplateWhoHasNothingIsANewcomer() {
        assertThat(isNewcomer()).isTrue();
    }

    @Test
    void mappedUserWhoHasNothingIsANewcomer() {
        mapTo("hr|4711");
        subject = subjects.of(connection, subject.user());

        assertThat(subject.value()).isEqualTo("hr|4711");
        assertThat(isNewcomer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update local_user set enabled = false where id = :user",
                "update local_user set username = username || '2' where id = :user",
                "update local_user set email = 'ada@example.org' where id = :user",
                "update local_user set email_verified = true where id = :user",
                "update local_user set groups = array['Finance'] where id = :user",
                "update connection set host = 'https://elsewhere.example.org' where id = :connection",
                "update connection set updated_at = updated_at + interval '1 microsecond' where id = :connection",
                "update subject_by_template set user_id = (select id from local_user where id <> :user limit 1)"
                        + " where user_id = :user",
                "delete from subject_by_template where user_id = :user",
                "delete from local_user where id = :user",
                "delete from connection where id = :connection"
            })
    void userOfATemplateOfWhomSomethingHasChangedIsNot(String change) {
        world.subject(world.connection());

        assertThat(change(change)).isOne();

        assertThat(isNewcomer()).isFalse();
    }

    @Test
    void userWhoIsMappedToAnotherSubjectByNowIsNot() {
        mapTo("hr|4711");

        assertThat(isNewcomer()).isFalse();
    }

    @Test
    void mappedUserWhoIsMappedToAnotherSubjectByNowIsNot() {
        mapTo("hr|4711");
        subject = subjects.of(connection, subject.user());

        change("update subject_mapping set subject = 'hr|4712' where user_id = :user");

        assertThat(isNewcomer()).isFalse();
    }

    @Test
    void mappedUserWhoIsNotMappedAnyMoreIsNot() {
        mapTo("hr|4711");
        subject = subjects.of(connection, subject.user());

        change("delete from subject_mapping where user_id = :user");

        assertThat(isNewcomer()).isFalse();
    }

    @Test
    void userOfATemplateWhoseSubjectAnotherIsMappedToByNowIsNot() {
        Subject other = world.subject(world.connection());

        map(other, subject.value().toUpperCase(Locale.ROOT));

        assertThat(isNewcomer()).isFalse();
    }

    @Test
    void userOfATemplateIsNotWhileThereIsAMappingThatCannotBeCompared() {
        Subject other = world.subject(world.connection());
        map(other, "hr|4713");
        jdbc.sql("update subject_mapping set canonical = null where user_id = ?")
                .param(other.user().id())
                .update();

        assertThat(isNewcomer()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACTIVE", "SUPERSEDED", "REVOKING"})
    void userWhoHasALeaseIsNot(String state) {
        world.apps(connection, subject);
        change("update lease set state = '" + state + "' where user_id = :user");

        assertThat(isNewcomer()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"REVOKED", "EXPIRED"})
    void userWhoseLeasesAreOverIsANewcomerAgain(String state) {
        world.apps(connection, subject);
        change("update lease set state = '" + state + "' where user_id = :user");

        assertThat(isNewcomer()).isTrue();
    }

    @Test
    void userOfWhoseSubjectAKeyIsWatchedForIsNot() {
        jdbc.sql("""
                        insert into issue_attempt (id, operation, connection_id, username, subject, host, created_at, deadline,
                            failed_at, watched_until, next_look_at)
                        values (gen_random_uuid(), gen_random_uuid(), :connection, 'former', :subject, :host, now(), now(),
                            now(), now() + interval '1 hour', now() + interval '1 hour')
                        """)
                .param("connection", connection.id().value())
                .param("subject", subject.value())
                .param("host", connection.host().toString())
                .update();

        assertThat(isNewcomer()).isFalse();
    }

    private boolean isNewcomer() {
        return newcomers.isNewcomer(subjects.still(connection, subject));
    }

    private int change(String sql) {
        return jdbc.sql(sql)
                .param("user", subject.user().id())
                .param("connection", connection.id().value())
                .update();
    }

    private void mapTo(String to) {
        map(subject, to);
    }

    private void map(Subject one, String to) {
        jdbc.sql("""
                        insert into subject_mapping (user_id, connection_id, subject, canonical)
                        values (:user, :connection, :subject, upper(:subject))
                        """)
                .param("user", one.user().id())
                .param("connection", connection.id().value())
                .param("subject", to)
                .update();
    }
}
