package io.qlikbridge.consoleconnections;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.console.FormErrors;
import org.jspecify.annotations.Nullable;

/**
 * A panel as it is shown of one connection.
 *
 * @param id of its element
 * @param template the file of its template
 * @param fragment of that template
 * @param view what the panel shows
 * @param typed what was typed and refused, as the panel's controller gave it; {@code null} while nothing was
 * @param errors what was wrong with it
 */
public record ConnectionSection(
        String id,
        String template,
        String fragment,
        Object view,
        @Nullable Object typed,
        @Nullable FormErrors errors) {

    static ConnectionSection of(ConnectionPanel panel, Connection connection) {
        String[] parts = panel.template().split("::", 2);
        return new ConnectionSection(
                panel.id(), parts[0].strip(), parts[1].strip(), panel.view(connection), null, null);
    }

    ConnectionSection refused(FormErrors why, @Nullable Object what) {
        return new ConnectionSection(id, template, fragment, view, what, why);
    }

    @Override
    public String toString() {
        return "ConnectionSection[" + id + "]";
    }
}
