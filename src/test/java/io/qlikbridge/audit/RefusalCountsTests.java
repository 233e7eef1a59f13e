package io.qlikbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.audit.RefusalCounts.Counted;
import io.qlikbridge.audit.RefusalCounts.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalCountsTests {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant LATER = NOW.plus(RefusalCounts.WINDOW);
    private static final Kind KIND = new Kind("forbidden", "GET", "/api/v1/connections/main/apps");

    private final RefusalCounts<Kind> counts = new RefusalCounts<>();

    @Test
    void equalOnesAreOneRowAndThenOneAMinute() {
        assertThat(counts.isFirst("user:ada", KIND, NOW)).isTrue();
        for (int again = 0; again < 499; again++) {
            assertThat(counts.isFirst("user:ada", KIND, NOW)).isFalse();
        }

        assertThat(counts.take(NOW, false)).isEmpty();
        assertThat(counts.take(LATER, false)).containsExactly(new Counted<>("user:ada", KIND, 499, NOW));
        assertThat(counts.isFirst("user:ada", KIND, LATER)).isFalse();
        assertThat(counts.take(LATER.plus(RefusalCounts.WINDOW), false))
                .containsExactly(new Counted<>("user:ada", KIND, 1, LATER));
    }

    @Test
    void onesThatDoNotComeAgainAreForgotten() {
        counts.isFirst("user:ada", KIND, NOW);

        assertThat(counts.take(LATER, false)).isEmpty();
        assertThat(counts.isFirst("user:ada", KIND, LATER)).isTrue();
    }

    @Test
    void onesOfOthersHaveTheirOwnRows() {
        assertThat(counts.isFirst("user:ada", KIND, NOW)).isTrue();
        assertThat(counts.isFirst("client:ada", KIND, NOW)).isTrue();
    }

    @Test
    void floodOfOneCallerIsBoundedWhateverItVaries() {
        int rows = 0;
        for (int each = 0; each < 500; each++) {
            rows += counts.isFirst("user:ada", new Kind("forbidden", "GET", "/" + each), NOW) ? 1 : 0;
        }

        assertThat(rows).isEqualTo(RefusalCounts.MOST_ROWS);
        assertThat(counts.take(LATER, false))
                .containsExactly(new Counted<>("user:ada", null, 500 - RefusalCounts.MOST_ROWS, NOW));
    }

    @Test
    void floodOfManyCallersIsBoundedAsWell() {
        int rows = 0;
        for (int each = 0; each < RefusalCounts.MOST_ACTORS + 5; each++) {
            rows += counts.isFirst("user:" + each, KIND, NOW) ? 1 : 0;
        }

        assertThat(rows).isEqualTo(RefusalCounts.MOST_ACTORS);
        assertThat(counts.take(LATER, false)).containsExactly(new Counted<>(null, null, 5, NOW));
    }

    @Test
    void whatIsNotOverIsTakenAtTheEnd() {
        counts.isFirst("user:ada", KIND, NOW);
        counts.isFirst("user:ada", KIND, NOW);

        assertThat(counts.take(NOW, true)).containsExactly(new Counted<>("user:ada", KIND, 1, NOW));
    }
}
