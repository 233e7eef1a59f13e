package io.qlikbridge.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTableTests {

    @Test
    void placeIsThePrefixAndTheId() {
        assertThat(new SealedTable("lease", "id", "lease/").place(7)).isEqualTo("lease/7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Lease", "lease; drop table lease", "a b", "\"lease\"", "1lease"})
    void constructorWhenAnIdentifierIsNoneRefuses(String identifier) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SealedTable(identifier, "id", "lease/"));
        assertThatIllegalArgumentException().isThrownBy(() -> new SealedTable("lease", identifier, "lease/"));
    }

    @Test
    void constructorWhenThePlaceHasNoPrefixRefuses() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SealedTable("lease", "id", " "));
    }
}
