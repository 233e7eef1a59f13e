package io.qlikbridge.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Kept;
import io.qlikbridge.Product;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.subject.LocalUsers;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.username.Username;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IssuedOnceTests {

    private static final int CALLERS = 500;

    /** The others begin where a request has been signed in and read: all of them over HTTP measures HTTP. */
    private static final int HTTP_EVERY = 10;

    private static final List<Product> REPLICAS = Product.replicas();

    @Test
    void tokenWhenManyAskFirstMakesOneLoginAndOneKey() throws Exception {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            Product bridge = REPLICAS.getFirst();
            String connection = bridge.connectTo(tenant);
            String user = bridge.user(connection, "once|threads");

            Set<String> tokens = askAtOnce(200, List.of(bridge), connection, user);

            assertThat(tokens).hasSize(1);
            assertThat(tenant.loginsOf("once|threads")).isEqualTo(1);
            assertThat(tenant.keysMade("once|threads")).isEqualTo(1);
        }
    }

    @Test
    void tokenWhenTwoReplicasAreAskedFirstMakesOneLoginAndOneKey() throws Exception {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            Product one = REPLICAS.getFirst();
            String connection = one.connectTo(tenant);
            for (int round = 0; round < 5; round++) {
                String subject = "once|replicas|" + round;
                String user = one.user(connection, subject);

                Set<String> tokens = askAtOnce(CALLERS, REPLICAS.subList(0, 2), connection, user);

                assertThat(tokens).hasSize(1);
                assertThat(tenant.loginsOf(subject)).isEqualTo(1);
                assertThat(tenant.keysMade(subject)).isEqualTo(1);
            }
        }
    }

    @Test
    void tokenWhenThreeReplicasAreAskedFirstForManyUsersMakesOneLoginAndOneKeyEach() throws Exception {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            Product one = REPLICAS.getFirst();
            String connection = one.connectTo(tenant);
            for (int number = 0; number < 20; number++) {
                String subject = "once|three|" + number;
                String user = one.user(connection, subject);

                Set<String> tokens = askAtOnce(CALLERS, REPLICAS, connection, user);

                assertThat(tokens).hasSize(1);
                assertThat(tenant.loginsOf(subject)).isEqualTo(1);
                assertThat(tenant.keysMade(subject)).isEqualTo(1);
            }
        }
    }

    @Test
    void accessTokenWhenThreeReplicasAreAskedFirstIsGivenOnce() throws Exception {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String connection = Kept.ACCESS_TOKENS.connect(REPLICAS.getFirst(), tenant);
            for (int round = 0; round < 3; round++) {
                String subject = "once|impersonated|" + round;
                tenant.user(subject);
                String user = REPLICAS.getFirst().user(connection, subject);

                assertThat(askAtOnce(200, REPLICAS, connection, user)).hasSize(1);

                assertThat(tenant.oauth().tokensMade(subject)).isOne();
            }
        }
    }

    @Test
    void sessionWhenThreeReplicasAreAskedFirstIsOpenedOnce() throws Exception {
        try (SimulatedTenant tenant = SimulatedTenant.start()) {
            String connection = Kept.SESSIONS.connect(REPLICAS.getFirst(), tenant);
            for (int round = 0; round < 3; round++) {
                String subject = "once|session|" + round;
                String user = REPLICAS.getFirst().user(connection, subject);

                // jobs get none, so nobody asks over HTTP
                assertThat(askAtOnce(200, Integer.MAX_VALUE, REPLICAS, connection, user))
                        .hasSize(1);

                assertThat(tenant.loginsOf(subject)).isOne();
            }
        }
    }

    private static Set<String> askAtOnce(int callers, List<Product> replicas, String connection, String user)
            throws Exception {
        return askAtOnce(callers, HTTP_EVERY, replicas, connection, user);
    }

    private static Set<String> askAtOnce(
            int callers, int httpEvery, List<Product> replicas, String connection, String user) throws Exception {
        List<Callable<String>> inside = replicas.stream()
                .map(replica -> tokenInside(replica, connection, user))
                .toList();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> asked = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                Product replica = replicas.get(caller % replicas.size());
                Callable<String> signedIn = inside.get(caller % replicas.size());
                boolean overHttp = httpEvery < callers && caller % httpEvery == 0;
                asked.add(threads.submit(() -> {
                    start.await();
                    return overHttp
                            ? replica.token(connection, user)
                                    .expect(200)
                                    .json()
                                    .path("token")
                                    .asString()
                            : signedIn.call();
                }));
            }
            start.countDown();
            Set<String> tokens = new HashSet<>();
            for (Future<String> one : asked) {
                tokens.add(one.get());
            }
            return tokens;
        }
    }

    /** What is left of a request once its caller, its connection and its subject are known. */
    private static Callable<String> tokenInside(Product replica, String connection, String user) {
        Connection known = replica.bean(Connections.class).of(new ConnectionId(connection));
        Subject subject = replica.bean(Subjects.class)
                .of(known, replica.bean(LocalUsers.class).of(new Username(user)));
        return () -> replica.bean(Leases.class).of(known, subject).credential().token();
    }
}
