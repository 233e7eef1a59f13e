package io.qlikbridge.consoleconnections;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connectionadmin.ConnectionAdmin;
import io.qlikbridge.console.ConditionalOnConsole;
import org.springframework.stereotype.Component;

/** The settings of a connection, to be changed. */
@Component
@ConditionalOnConsole
class SettingsPanel implements ConnectionPanel {

    static final String ID = "settings";

    private final ConnectionAdmin connections;
    private final ConnectionForms forms;

    SettingsPanel(ConnectionAdmin connections, ConnectionForms forms) {
        this.connections = connections;
        this.forms = forms;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int order() {
        return 800;
    }

    @Override
    public String template() {
        return "console/consoleconnections-form :: panel";
    }

    @Override
    public boolean shownFor(Connection connection) {
        return true;
    }

    @Override
    public Object view(Connection connection) {
        return forms.of(connections.shown(connection));
    }
}
