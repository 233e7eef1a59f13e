package io.qlikbridge.connection;

import java.util.Set;

/**
 * The settings of a connection that only its kind of deployment has: a record of the adapter's own. Kept and shown as a JSON object
 * with the record's components, {@code null} for one without a value.
 */
public interface ConnectionSettings {

    /**
     * The names of those that say to whom, and in whose name, something is signed. A key signs for the connection only while these are
     * as they were when the assertion was made.
     */
    Set<String> addressee();

    /**
     * A subject in the one form by which it is shown and compared.
     *
     * @param asked a mapping, or what the template made of a user
     * @param written what an admin wrote: the same mapping, or the template
     * @throws io.qlikbridge.problem.InvalidValue when nobody can be such a subject
     */
    default String subject(String asked, String written) {
        return asked;
    }

    /**
     * Tells apart what these settings have issued to users, where they can have one thing issued or another: what was issued by others is
     * not used any more. Empty for what was issued before there was a choice.
     */
    default String issued() {
        return "";
    }
}
