package io.qlikbridge.caller;

import io.qlikbridge.client.AllowedConnections;
import io.qlikbridge.client.ClientUsers;
import io.qlikbridge.client.Scope;
import io.qlikbridge.subject.Identity;
import io.qlikbridge.username.Username;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls: a person who signed in at a trusted identity provider, or a client of the bridge's own. */
public sealed interface Caller {

    /** The username of a person, the id of a client. */
    String name();

    Set<Scope> scopes();

    /** For whom the caller may act, in the forms of {@link ClientUsers}. */
    List<String> users();

    /** Where the caller may act. */
    AllowedConnections connections();

    /** The longest that a token handed to the caller may be asked to last; empty for what the connection allows. */
    Optional<Duration> maxValidity();

    /** Acts for itself alone. */
    public final class Person implements Caller {

        private final Username username;
        private final Identity identity;
        private final Set<Scope> scopes;
        private final Profile profile;
        private final AllowedConnections connections;
        private final @Nullable Duration maxValidity;

        /**
         * @param maxValidity the longest that a token handed to the person may be asked to last; {@code null} for no limit
         *     but the connection's
         */
        public Person(
                Username username,
                Identity identity,
                Set<Scope> scopes,
                Profile profile,
                AllowedConnections connections,
                @Nullable Duration maxValidity) {
            this.username = username;
            this.identity = identity;
            this.scopes = Set.copyOf(scopes);
            this.profile = profile;
            this.connections = connections;
            this.maxValidity = maxValidity;
        }

        @Override
        public String name() {
            return username.value();
        }

        @Override
        public Set<Scope> scopes() {
            return scopes;
        }

        @Override
        public List<String> users() {
            return List.of(username.value());
        }

        @Override
        public AllowedConnections connections() {
            return connections;
        }

        @Override
        public Optional<Duration> maxValidity() {
            return Optional.ofNullable(maxValidity);
        }

        public Username username() {
            return username;
        }

        /** Who it is at its issuer. */
        public Identity identity() {
            return identity;
        }

        public Profile profile() {
            return profile;
        }
    }

    /**
     * Acts for the users it was given.
     *
     * @param scopes of its access token, as far as the client still has them
     */
    record Client(String name, Set<Scope> scopes, ClientUsers allowed, AllowedConnections connections)
            implements Caller {

        public Client {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public List<String> users() {
            return allowed.entries();
        }

        @Override
        public Optional<Duration> maxValidity() {
            return Optional.empty();
        }
    }
}
