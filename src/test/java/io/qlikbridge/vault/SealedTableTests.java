package io.qlikbridge.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTableTests {

    @Test
    void placeIsThePrefixAndTheId() {
        assertThat(new SealedTable("lease", "id", "lease/", List.of()).place(7)).isEqualTo(Place.of("lease/7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Lease", "lease; drop table lease", "a b", "\"lease\"", "1lease"})
    void constructorWhenAnIdentifierIsNoneRefuses(String identifier) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SealedTable(identifier, "id", "lease/", List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealedTable("lease", identifier, "lease/", List.of()));
    }

    @Test
    void constructorWhenThePlaceHasNoPrefixRefuses() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SealedTable("lease", "id", " ", List.of()));
    }
}
