package io.qlikbridge.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.TestVaultKeys;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Status;

class VaultTests {

    private static final Place PLACE = Place.of("lease/1");

    private final Vault vault = TestVaults.of(TestVaultKeys.K1);

    @Test
    void openWhenSealedForThisPlaceGivesTheSecret() {
        assertThat(vault.openText(vault.seal("geheim ☂", PLACE), PLACE)).isEqualTo("geheim ☂");
    }

    @Test
    void openWhenMovedToAnotherPlaceRefuses() {
        Sealed sealed = vault.seal("secret", PLACE);

        assertThatExceptionOfType(CannotOpen.class)
                .isThrownBy(() -> vault.open(sealed, Place.of("lease/2")))
                .withMessageContaining("lease/2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 6, 21})
    void openWhenABitOfTheCiphertextChangedRefuses(int at) {
        Sealed sealed = vault.seal("secret", PLACE);
        sealed.ciphertext()[at] ^= 1;

        assertThatExceptionOfType(CannotOpen.class).isThrownBy(() -> vault.open(sealed, PLACE));
    }

    @Test
    void openWhenTheNonceChangedRefuses() {
        Sealed sealed = vault.seal("secret", PLACE);
        sealed.nonce()[11] ^= 1;

        assertThatExceptionOfType(CannotOpen.class).isThrownBy(() -> vault.open(sealed, PLACE));
    }

    @Test
    void openWhenTruncatedRefuses() {
        Sealed sealed = vault.seal("secret", PLACE);

        assertThatExceptionOfType(CannotOpen.class)
                .isThrownBy(() -> vault.open(new Sealed(sealed.sealedWith(), sealed.nonce(), new byte[3], 2), PLACE));
        assertThatExceptionOfType(CannotOpen.class)
                .isThrownBy(
                        () -> vault.open(new Sealed(sealed.sealedWith(), new byte[0], sealed.ciphertext(), 2), PLACE));
    }

    @Test
    void openWhenThePlaceBelongsToSomebodyElseRefuses() {
        Sealed sealed = vault.seal("secret", new Place("lease/1", List.of("main", "ada")));

        for (Place other : List.of(
                new Place("lease/1", List.of("main", "eve")),
                new Place("lease/1", List.of("maina", "da")),
                new Place("lease/1", List.of("main", "ada", "")),
                new Place("lease/1", List.of("ada", "main")),
                new Place("lease/1", Arrays.asList("main", null)),
                new Place("lease/1main", List.of("ada")),
                PLACE)) {
            assertThatExceptionOfType(CannotOpen.class).isThrownBy(() -> vault.open(sealed, other));
        }
    }

    @Test
    void openWhenANewSealIsGivenOutForAnOldOneRefuses() {
        Vault ofOld = new Vault(VaultKeyReader.read(new VaultProperties(TestVaultKeys.K1, null)), Set.of("k1"));
        Sealed sealed = ofOld.seal("secret", PLACE);

        assertThatExceptionOfType(CannotOpen.class).isThrownBy(() -> ofOld.open(in(sealed, Sealed.TO_ITS_ROW), PLACE));
    }

    @Test
    void openWhenSealedAsEarlierVersionsDidIsForKeysOfThatTimeAlone() {
        Vault ofOld = new Vault(VaultKeyReader.read(new VaultProperties(TestVaultKeys.K1, null)), Set.of("k1"));
        Sealed old = ofOld.sealForRow("secret".getBytes(UTF_8), PLACE.row());

        assertThat(ofOld.openText(old, new Place(PLACE.row(), List.of("main", "ada"))))
                .isEqualTo("secret");
        assertThatExceptionOfType(CannotOpen.class).isThrownBy(() -> vault.open(old, PLACE));
        ofOld.opensOldFormOf(Set.of());
        ofOld.opensOldFormOf(Set.of("k1"));
        assertThatExceptionOfType(CannotOpen.class).isThrownBy(() -> ofOld.open(old, PLACE));
        assertThatExceptionOfType(CannotOpen.class).isThrownBy(() -> ofOld.open(in(old, Sealed.TO_ITS_PLACE), PLACE));
    }

    private static Sealed in(Sealed sealed, int form) {
        return new Sealed(sealed.sealedWith(), sealed.nonce(), sealed.ciphertext(), form);
    }

    @Test
    void openWhenTheKeyIsNotConfiguredNamesIt() {
        Sealed sealed = TestVaults.of(TestVaultKeys.K2).seal("secret", PLACE);

        assertThatExceptionOfType(CannotOpen.class)
                .isThrownBy(() -> vault.open(sealed, PLACE))
                .withMessageContaining("k2");
    }

    @Test
    void sealWhenThereAreTwoKeysUsesTheFirstAndStillOpensWithTheSecond() {
        Sealed old = vault.seal("old", PLACE);
        Vault rotated = TestVaults.of(TestVaultKeys.K2, TestVaultKeys.K1);

        assertThat(rotated.seal("new", PLACE).sealedWith()).isEqualTo("k2");
        assertThat(rotated.openText(old, PLACE)).isEqualTo("old");
    }

    @Test
    void sealWhenRepeatedNeverUsesANonceTwice() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Sealed sealed = vault.seal("secret", PLACE);
            assertThat(sealed.nonce()).hasSize(12);
            nonces.add(HexFormat.of().formatHex(sealed.nonce()));
        }

        assertThat(nonces).hasSize(1000);
    }

    @Test
    void healthWhenTheVaultOpensWhatItSealedIsUp() {
        assertThat(new VaultHealthIndicator(vault).health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void toStringShowsNoSecret() {
        String secret = TestVaultKeys.K1.substring(3);
        VaultKey key =
                VaultKeyReader.read(new VaultProperties(TestVaultKeys.K1, null)).newest();

        assertThat(new VaultProperties(TestVaultKeys.K1, "file")).asString().doesNotContain(secret);
        assertThat(key).hasToString("VaultKey[id=k1]");
        assertThat(new KeyRing(List.of(key))).hasToString("KeyRing[keys=[VaultKey[id=k1]]]");
        assertThat(vault.seal("secret", PLACE)).hasToString("Sealed[sealedWith=k1]");
    }
}
