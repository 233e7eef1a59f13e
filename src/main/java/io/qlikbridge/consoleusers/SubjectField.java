package io.qlikbridge.consoleusers;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.SubjectPolicy;

/**
 * The field for a user's subject on one connection.
 *
 * @param mappedOnly whether a user without one is refused there
 * @param template makes the subject otherwise
 */
record SubjectField(String connection, String value, boolean mappedOnly, String template) {

    static SubjectField of(Connection connection, UserForm form) {
        return new SubjectField(
                connection.id().value(),
                form.subject(connection.id()),
                connection.subjects() == SubjectPolicy.MAPPED_ONLY,
                connection.subjectTemplate());
    }
}
