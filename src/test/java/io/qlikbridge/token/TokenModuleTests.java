package io.qlikbridge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.access.ActingUsers;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.issuing.LeaseModuleTest;
import io.qlikbridge.issuing.LeaseModuleWorld;
import io.qlikbridge.issuing.Leases;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.FakeDeployment;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;

/** Tokens of leases, handed to whoever they are for, and told of. */
@LeaseModuleTest
class TokenModuleTests {

    @Autowired
    private LeaseModuleWorld world;

    @Autowired
    private FakeDeployment deployment;

    @Autowired
    private Callers callers;

    @Autowired
    private ActingUsers users;

    @Autowired
    private Connections connections;

    @Autowired
    private Subjects subjects;

    @Autowired
    private Leases leases;

    @Autowired
    private Deployments deployments;

    @Autowired
    private Clock clock;

    private final List<Object> told = new ArrayList<>();
    private TokenController controller;
    private Connection connection;
    private Subject subject;

    @BeforeEach
    void furnish() {
        controller = new TokenController(
                callers,
                users,
                connections,
                new UserTokens(
                        callers, subjects, leases, deployments, new TokenHandOutStore(null, null, told::add), clock));
        connection = world.connection();
        subject = world.subject(connection);
        world.signIn(subject);
    }

    @AfterEach
    void signOut() {
        world.signOut();
    }

    @Test
    void tokenIsThatOfTheLeaseAndTheSameUntilItIsRenewed() {
        TokenAnswer first = token(null);
        TokenAnswer second = token(null);

        assertThat(first.subject()).isEqualTo(subject.value());
        assertThat(first.host()).isEqualTo(connection.host());
        assertThat(second).isEqualTo(first);
        assertThat(deployment.accepted(subject)).isEqualTo(1);
    }

    @Test
    void tokenIsToldOfOnceForEachAnswer() {
        TokenAnswer answer = token(null);
        token(null);

        assertThat(told)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                TokenHandedOut.class,
                                one -> assertThat(one.lease()).isEqualTo(answer.leaseId())));
    }

    @Test
    void tokenIsNeverPrinted() {
        TokenAnswer answer = token(null);

        assertThat(answer.toString()).doesNotContain(answer.token());
    }

    @Test
    void tokenThatWouldHaveToOutlastWhatTheDeploymentIssuesIsNotPossible() {
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> token("PT1H"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ProblemCode.VALIDITY_NOT_POSSIBLE))
                .withMessageContaining("keys last");
        assertThat(told).isEmpty();
    }

    @Test
    void tokenForSomebodyElseIsForbiddenAndIssuesNothing() {
        Subject other = world.subject(world.connection());

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> controller.token(
                        connection.id(), new TokenRequest(other.user().username(), null)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ProblemCode.FORBIDDEN));
        assertThat(world.states(connection)).isEmpty();
    }

    private TokenAnswer token(String minValidity) {
        ResponseEntity<TokenAnswer> answer = controller.token(connection.id(), new TokenRequest(null, minValidity));
        assertThat(answer.getHeaders().getCacheControl()).isEqualTo("no-store");
        return answer.getBody();
    }
}
