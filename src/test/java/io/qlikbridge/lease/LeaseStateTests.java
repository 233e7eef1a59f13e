package io.qlikbridge.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.StoreTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The states of a lease, in the code, in the database and in what the one asks of the other. */
@StoreTest
class LeaseStateTests {

    private static final Path SOURCES = Path.of("src/main/java/io/qlikbridge");

    @Autowired
    private JdbcClient jdbc;

    @ParameterizedTest
    @CsvSource({
        "ISSUING, ACTIVE FAILED",
        "ACTIVE, SUPERSEDED REVOKING EXPIRED",
        "SUPERSEDED, ACTIVE REVOKING EXPIRED",
        "REVOKING, REVOKED EXPIRED",
        "REVOKED, ''",
        "EXPIRED, ''",
        "FAILED, ''"
    })
    void canBecomeIsTheLifeOfALease(LeaseState state, String next) {
        assertThat(LeaseState.values())
                .filteredOn(state::canBecome)
                .extracting(LeaseState::name)
                .isEqualTo(next.isEmpty() ? List.of() : List.of(next.split(" ")));
    }

    @ParameterizedTest
    @EnumSource
    void sourcesAreThoseThatCanBecomeIt(LeaseState state) {
        assertThat(state.sources())
                .isEqualTo(Arrays.stream(LeaseState.values())
                        .filter(source -> source.canBecome(state))
                        .collect(Collectors.toSet()));
    }

    @Test
    void noLeaseLivesThatHasEnded() {
        assertThat(LeaseState.LIVING).containsAll(LeaseState.USABLE).doesNotContainAnyElementsOf(LeaseState.ENDED);
        assertThat(LeaseState.ENDED)
                .noneMatch(ended -> Arrays.stream(LeaseState.values()).anyMatch(ended::canBecome));
    }

    @Test
    void databaseKnowsTheStatesOfALeaseAndNoOther() {
        Set<LeaseState> kept = EnumSet.allOf(LeaseState.class);
        kept.removeAll(Set.of(LeaseState.ISSUING, LeaseState.FAILED));

        assertThat(jdbc.sql("select unnest(enum_range(null::lease_state))")
                        .query(String.class)
                        .list())
                .containsExactlyElementsOf(kept.stream().map(LeaseState::name).toList());
        assertThat(kept)
                .isEqualTo(Stream.of(LeaseState.LIVING, LeaseState.ENDED)
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet()));
    }

    @Test
    void sqlIsALiteralThatTheDatabaseReads() {
        assertThat(LeaseState.sql(List.of(LeaseState.ACTIVE, LeaseState.SUPERSEDED)))
                .isEqualTo("'ACTIVE', 'SUPERSEDED'");
        assertThat(jdbc.sql("select cast(" + LeaseState.REVOKING.sql() + " as lease_state)")
                        .query(String.class)
                        .single())
                .isEqualTo("REVOKING");
    }

    /** The keys of connections and of the bridge, and files of users, have states of their own. */
    @Test
    void noStatementQuotesAState() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("LeaseState.java"))
                            .filter(file -> !file.startsWith(SOURCES.resolve("signing"))
                                    && !file.startsWith(SOURCES.resolve("oauth"))
                                    && !file.startsWith(SOURCES.resolve("consoleimport")))
                            .filter(LeaseStateTests::quotesAState))
                    .as("files that quote a state of a lease in place of LeaseState.sql()")
                    .isEmpty();
        }
    }

    private static boolean quotesAState(Path file) {
        try {
            String text = Files.readString(file);
            return Arrays.stream(LeaseState.values())
                    .anyMatch(state -> text.contains(state.sql()) || text.contains("'" + state.slug() + "'"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
