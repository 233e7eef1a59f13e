package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.SessionPooling.Session;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class SessionPoolingTests {

    @Test
    void isSharedWhenEachConnectionKeepsASessionOfItsOwnIsFalse() throws SQLException {
        assertThat(SessionPooling.isShared(() -> 71, () -> 72)).isFalse();
    }

    @Test
    void isSharedWhenTheLastSessionUsedIsGivenToWhoeverComesNextIsTrue() throws SQLException {
        assertThat(SessionPooling.isShared(() -> 71, () -> 71)).isTrue();
    }

    @Test
    void isSharedWhenSessionsAreGivenOutInTurnIsTrue() throws SQLException {
        for (int sessions = 1; sessions <= 12; sessions++) {
            Session pool = inTurn(sessions);

            assertThat(SessionPooling.isShared(pool, pool))
                    .as("a pool of %s", sessions)
                    .isTrue();
        }
    }

    @Test
    void isSharedWhenOthersTakeSessionsInBetweenIsTrue() throws SQLException {
        assertThat(SessionPooling.isShared(answers(71, 71, 71, 73), () -> 72)).isTrue();
        assertThat(SessionPooling.isShared(() -> 72, answers(71, 71, 71, 71, 73)))
                .isTrue();
    }

    private static Session inTurn(int sessions) {
        int[] asked = {0};
        return () -> 71 + asked[0]++ % sessions;
    }

    /** The last one again and again. */
    private static Session answers(Integer... processes) {
        Deque<Integer> left = new ArrayDeque<>(Arrays.asList(processes));
        return () -> left.size() > 1 ? left.remove() : left.element();
    }
}
