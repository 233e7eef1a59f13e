package io.qlikbridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.CallerToken;
import io.qlikbridge.caller.Profile;
import io.qlikbridge.client.AllowedConnections;
import io.qlikbridge.client.Scope;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.issuing.LeaseModuleTest;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Identity;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.username.Username;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.context.SecurityContextHolder;

/** With users that only an admin makes. The rules that show over HTTP are in {@link io.qlikbridge.oauth.AccessTokenTests}. */
@LeaseModuleTest
class ActingUsersTests {

    private static final ConnectionId MAIN = new ConnectionId("main");
    private static final Username ADA = new Username("ada");

    @Autowired
    private ActingUsers acting;

    @Autowired
    private LocalUsers users;

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void ofWhenThePersonIsNoUserIsNotFoundAndMakesNone() {
        signIn(ADA);

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> acting.of(MAIN, null))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ProblemCode.USER_NOT_FOUND))
                .withMessageContaining("bridge.access.auto-provision");
        assertThat(users.find(ADA)).isEmpty();
    }

    @Test
    void ofWhenThePersonIsAUserIsThatOne() {
        Username bob = new Username("bob");
        users.provision(bob, new Identity("https://idp.example.org", "bob"), "Bob", null, false, List.of());
        signIn(bob);

        assertThat(acting.of(MAIN, null).username()).isEqualTo(bob);
        assertThat(acting.of(MAIN, bob).name()).isEqualTo("Bob");
    }

    @Test
    void ofWhenNobodySignedInIsAnErrorOfOurs() {
        assertThatIllegalStateException().isThrownBy(() -> acting.of(MAIN, ADA));
    }

    private static void signIn(Username name) {
        Caller.Person person = new Caller.Person(
                name,
                new Identity("https://idp.example.org", "one"),
                Set.of(Scope.APPS),
                new Profile("Ada", null, false, List.of()),
                AllowedConnections.EVERYWHERE,
                null);
        SecurityContextHolder.getContext().setAuthentication(new CallerToken(person));
    }
}
