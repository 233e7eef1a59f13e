package io.qlikbridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.issuing.LeaseModuleTest;
import io.qlikbridge.issuing.LeaseModuleWorld;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.tenant.FakeDeployment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What a deployment's relay lists is passed on in the name of the caller, and nothing else. */
@LeaseModuleTest
class PassThroughModuleTests {

    @Autowired
    private LeaseModuleWorld world;

    @Autowired
    private FakeDeployment deployment;

    @Autowired
    private PassThroughServlet servlet;

    private Connection connection;
    private Subject subject;

    @BeforeEach
    void furnish() {
        connection = world.connection();
        subject = world.subject(connection);
        world.signIn(subject);
    }

    @AfterEach
    void signOut() {
        world.signOut();
    }

    @ParameterizedTest
    @CsvSource({"/content", "/content/42", "/content/a.b~c_d-e"})
    void readThatIsListedIsPassedOnAsTheUser(String path) throws Exception {
        assertThat(get(path, null).getContentAsString()).isEqualTo(subject.value() + " reads " + path);
        assertThat(deployment.accepted(subject)).isEqualTo(1);
    }

    @Test
    void queryIsPassedOnAsItIs() throws Exception {
        assertThat(get("/content", "a=1&b=%20").getContentAsString()).endsWith(" reads /content?a=1&b=%20");
    }

    @ParameterizedTest
    @CsvSource({"/contents", "/content/a/b", "/content/..", "/content/", "/content/%61", "/", "/people"})
    void readThatIsNotListedIsNotFound(String path) {
        assertProblem(ProblemCode.NOT_FOUND, path, null);
        assertThat(world.states(connection)).isEmpty();
    }

    @Test
    void readOfOneselfIsPassedOnAndThatOfAnotherIsNotFound() throws Exception {
        get("/content", null);

        assertProblem(ProblemCode.NOT_FOUND, "/people/somebody", null);
    }

    @Test
    void whatAnybodyMayReadIsReadAsNobody() throws Exception {
        world.signOut();

        assertThat(get("/about", null).getContentAsString()).isEqualTo("nobody reads /about");
        assertThat(world.states(connection)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"fake-key=1", "FAKE_KEY=1", "access_token=1", "a=1&fakekey=2"})
    void credentialInTheQueryIsRefused(String query) {
        assertProblem(ProblemCode.INVALID_REQUEST, "/content", query);
    }

    @Test
    void credentialThatIsRefusedIsReplacedOnce() throws Exception {
        get("/content", null);
        deployment.forgetAll(subject);

        assertThat(get("/content", null).getContentAsString()).isEqualTo(subject.value() + " reads /content");
        assertThat(deployment.accepted(subject)).isEqualTo(1);
    }

    private void assertProblem(ProblemCode code, String path, String query) {
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> get(path, query))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private MockHttpServletResponse get(String path, String query) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/qlik/" + connection.id() + path);
        request.setQueryString(query);
        MockHttpServletResponse response = new MockHttpServletResponse();
        servlet.service(request, response);
        return response;
    }
}
