package io.qlikbridge.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTests {

    private static final UUID USER = UUID.fromString("00000000-0000-7000-8000-000000000001");

    @Test
    void readKnowsEachType() {
        assertThat(Change.read("connection", "main")).contains(new Change.OfConnection("main"));
        assertThat(Change.read("user", "ada/x")).contains(new Change.OfUser("ada/x"));
        assertThat(Change.read("subject", "main/hr/4711 b")).contains(new Change.OfSubject("main", "hr/4711 b"));
        assertThat(Change.read("lease", "main/" + USER)).contains(new Change.OfLease("main", USER, null));
        assertThat(Change.read("lease", "main/" + USER + "/77")).contains(new Change.OfLease("main", USER, 77L));
        assertThat(Change.read("client", "row")).contains(new Change.OfClient("row"));
    }

    @Test
    void readWhenThereWereTooManyIsAllOfTheType() {
        for (ChangeType type : ChangeType.values()) {
            assertThat(Change.read(type.word(), "*")).contains(new Change.OfAll(type));
        }
    }

    @Test
    void readWhenTheTypeIsUnknownIsNothing() {
        assertThat(Change.read("weather", "fine")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"lease, main", "lease, main/what", "lease, a/b/c/d", "subject, main"})
    void readWhenMalformedSaysSoWithoutShowingIt(String word, String about) {
        assertThatIllegalArgumentException().isThrownBy(() -> Change.read(word, about));
    }
}
