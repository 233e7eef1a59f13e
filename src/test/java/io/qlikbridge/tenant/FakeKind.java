package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionKind;
import io.qlikbridge.connection.ConnectionRequest;
import io.qlikbridge.connection.ConnectionSettings;
import io.qlikbridge.connection.ConnectionType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A kind of deployment that is none of Qlik's: it has a greeting, which is signed for, a port, and may shout. */
public final class FakeKind implements ConnectionKind {

    public static final ConnectionType TYPE = new ConnectionType("fake-site");

    /** What only connections of this kind have. */
    public record Settings(String greeting, int port, boolean shouts) implements ConnectionSettings {

        @Override
        public Set<String> addressee() {
            return Set.of("greeting");
        }
    }

    @Override
    public ConnectionType type() {
        return TYPE;
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Supplier<ConnectionSettings> read(ConnectionRequest request) {
        Optional<String> greeting = request.requiredText("greeting", text -> text);
        Optional<Integer> port = request.number("port", number -> number);
        Optional<Boolean> shouts = request.flag("shouts");
        if (!shouts.orElse(false)) {
            request.refuse("volume", "goes with shouts alone");
        }
        return () -> new Settings(greeting.orElseThrow(), port.orElse(4242), shouts.orElse(false));
    }

    @Override
    public Map<String, Object> shown(Connection connection) {
        return Map.of("loudness", ((Settings) connection.settings()).shouts() ? "loud" : "low");
    }

    @Override
    public List<String> warnings(Connection connection) {
        return ((Settings) connection.settings()).shouts() ? List.of("It shouts.") : List.of();
    }
}
