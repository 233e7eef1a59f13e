package io.qlikbridge.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qlikbridge.StoreTest;
import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.ChangeType;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.username.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@StoreTest
class LocalUsersTests {

    private static final Username ADA = new Username("ada");
    private static final Identity PERSON = new Identity("https://idp.example.org", "f:1:ada");

    @Autowired
    private LocalUsers users;

    @Autowired
    private LocalUserStore store;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private ChangeFeed changes;

    @BeforeEach
    void start() {
        jdbc.update("delete from local_user");
        jdbc.update("delete from departed_user");
        // heard of a moment later
        changes.changed(new Change.OfAll(ChangeType.USER));
    }

    @Test
    void ofWhenThereIsNoneIsNotFound() {
        BridgeException refusal = catchThrowableOfType(BridgeException.class, () -> users.of(ADA));

        assertThat(refusal.code()).isEqualTo(ProblemCode.USER_NOT_FOUND);
    }

    @Test
    void findWhenSpellingDiffersFindsNobody() {
        users.provision(ADA, PERSON, null, null, false, List.of());

        assertThat(users.find(new Username("Ada"))).isEmpty();
        assertThat(users.find(ADA)).isPresent();
    }

    @Test
    void provisionWhenNewKeepsWhatIsSaid() {
        LocalUser ada = users.provision(ADA, PERSON, "Ada", "ada@example.org", true, List.of("a", "b"));

        assertThat(ada)
                .isEqualTo(new LocalUser(ada.id(), ADA, "Ada", "ada@example.org", true, List.of("a", "b"), true));
        MappedUser kept = store.find(ada.id()).orElseThrow();
        assertThat(kept.user()).isEqualTo(ada);
        assertThat(kept.createdAt()).isEqualTo(StoreTest.NOW_KEPT);
        assertThat(kept.updatedAt()).isEqualTo(StoreTest.NOW_KEPT);
    }

    @Test
    void provisionWhenThereLeavesTheUserAsItIs() {
        LocalUser first = users.provision(ADA, PERSON, "Ada", null, false, List.of());

        assertThat(users.provision(ADA, PERSON, "Mallory", "m@example.org", true, List.of("admins")))
                .isEqualTo(first);
    }

    @Test
    void provisionWhenSomethingMayNotBeHeldLeavesItOut() {
        LocalUser ada = users.provision(ADA, PERSON, "A\0da", "ada@", true, List.of("a", "a", "b\n", "", "b\0b", "c"));

        assertThat(ada).isEqualTo(new LocalUser(ada.id(), ADA, null, null, false, List.of("a", "b", "c"), true));
    }

    @Test
    void provisionWhenSeveralDoItMakesOneUser() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<UUID>> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 16; caller++) {
                made.add(threads.submit(() -> {
                    start.await();
                    return users.provision(ADA, PERSON, null, null, false, List.of())
                            .id();
                }));
            }
            start.countDown();
        }

        UUID one = users.of(ADA).id();
        for (Future<UUID> id : made) {
            assertThat(id.get()).isEqualTo(one);
        }
    }

    @Test
    void signedInWhenFirstKeepsThePersonAndRefusesAnother() {
        users.provision(ADA, PERSON, null, null, false, List.of());

        assertThat(users.signedIn(ADA, PERSON)).isPresent();
        for (Identity other : List.of(
                new Identity(PERSON.issuer(), "f:2:ada"),
                new Identity("https://other.example.org", PERSON.subject()))) {
            assertThatExceptionOfType(BridgeException.class)
                    .isThrownBy(() -> users.signedIn(ADA, other))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(ProblemCode.FORBIDDEN))
                    .withMessageContaining("DELETE /api/v1/users/{id}/identity");
            assertThatExceptionOfType(BridgeException.class)
                    .isThrownBy(() -> users.provision(ADA, other, null, null, false, List.of()));
        }
    }

    @Test
    void signedInWhenSeveralComeAtOnceKeepsOneOfThem() throws Exception {
        LocalUser ada = users.provision(ADA, PERSON, null, null, false, List.of());
        store.release(ada.id());
        List<Future<Boolean>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int person = 0; person < 8; person++) {
                Identity one = new Identity(PERSON.issuer(), "one-" + person);
                asked.add(threads.submit(() -> {
                    try {
                        return users.signedIn(ADA, one).isPresent();
                    } catch (BridgeException refused) {
                        return false;
                    }
                }));
            }
        }

        int admitted = 0;
        for (Future<Boolean> one : asked) {
            admitted += one.get() ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(1);
    }

    @Test
    void provisionWhenAnAdminHasDeletedThePersonOrTheNameRefuses() {
        LocalUser ada = users.provision(ADA, PERSON, null, null, false, List.of());
        store.delete(ada.id());

        for (Username name : List.of(ADA, new Username("ADA"), new Username("somebody-else"))) {
            assertThatExceptionOfType(BridgeException.class)
                    .isThrownBy(() -> users.provision(name, PERSON, null, null, false, List.of()))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(ProblemCode.USER_NOT_FOUND))
                    .withMessageContaining("An admin has deleted");
            assertThat(users.find(name)).isEmpty();
        }
        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() ->
                        users.provision(ADA, new Identity(PERSON.issuer(), "another"), null, null, false, List.of()));
        users.provision(new Username("bob"), new Identity(PERSON.issuer(), "f:1:bob"), null, null, false, List.of());
    }
}
