package io.qlikbridge.vault;

import static io.qlikbridge.TestVaultKeys.K1;
import static io.qlikbridge.TestVaultKeys.K2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VaultKeyReaderTests {

    private static final String BASE64 = K1.substring(3);

    @TempDir
    Path folder;

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments(K1, List.of("k1")),
                arguments(K2 + "," + K1, List.of("k2", "k1")),
                arguments(" " + K2 + " , " + K1 + " ,", List.of("k2", "k1")),
                arguments(K2 + "\r\n" + K1 + "\r\n", List.of("k2", "k1")),
                arguments("# made in May\n\n  # two\n" + K1 + "\n\n", List.of("k1")),
                arguments("k1: " + BASE64, List.of("k1")),
                arguments("2026-05_a.B:" + BASE64, List.of("2026-05_a.B")),
                arguments("a".repeat(32) + ":" + BASE64, List.of("a".repeat(32))));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void readWhenWellFormedKeepsTheOrder(String keys, List<String> ids) throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), keys);

        assertThat(VaultKeyReader.read(new VaultProperties(keys, null)).keys())
                .extracting(VaultKey::id)
                .isEqualTo(ids);
        assertThat(VaultKeyReader.read(new VaultProperties("", file.toString())).keys())
                .extracting(VaultKey::id)
                .isEqualTo(ids);
    }

    @Test
    void readWhenWellFormedDecodesTheKey() {
        VaultKey key = VaultKeyReader.read(new VaultProperties(K1, null)).newest();

        assertThat(key.secret().getEncoded()).asString().isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(key.secret().getAlgorithm()).isEqualTo("AES");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(null, "neither BRIDGE_VAULT_KEYS nor BRIDGE_VAULT_KEYS_FILE is set"),
                arguments("", "neither"),
                arguments("  ", "neither"),
                arguments("# nothing\n", "There is no vault key"),
                arguments(",", "There is no vault key"),
                arguments(BASE64, "Entry 1 of the vault keys has no colon"),
                arguments(":" + BASE64, "Entry 1 of the vault keys has no id"),
                arguments("a b:" + BASE64, "has no id"),
                arguments("ü:" + BASE64, "has no id"),
                arguments("a".repeat(33) + ":" + BASE64, "has no id"),
                arguments(BASE64 + ":k1", "has no id"),
                arguments("k1:", "has 0 bytes"),
                arguments("k1:c2hvcnQ=", "has 5 bytes after the colon where a key has 32"),
                arguments("k1:" + BASE64.replace("=", "AAA"), "has 34 bytes"),
                arguments("k1:" + "0".repeat(64), "has 48 bytes"),
                arguments("k1:!" + BASE64, "something else than base64"),
                arguments(K1 + " " + K2, "something else than base64"),
                arguments(K2 + ",k1:MDEy", "Entry 2 of the vault keys has 3 bytes"),
                arguments(K1 + "," + K2 + "," + K1, "Entry 3 of the vault keys has the same id"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void readWhenMalformedSaysWhatAndShowsNoKey(String keys, String message) {
        assertThatExceptionOfType(VaultCannotStart.class)
                .isThrownBy(() -> VaultKeyReader.read(new VaultProperties(keys, null)))
                .withMessageContaining(message)
                .satisfies(failure -> assertThat(failure.getMessage() + failure.action())
                        .contains("openssl rand -base64 32", "BRIDGE_VAULT_KEYS=k1:")
                        .doesNotContain("MDEy", "ZmVk", "c2hv", "00000"));
    }

    @Test
    void readWhenBothAreSetRefuses() {
        assertThatExceptionOfType(VaultCannotStart.class)
                .isThrownBy(() -> VaultKeyReader.read(new VaultProperties(K1, "file")))
                .withMessageContaining("Both BRIDGE_VAULT_KEYS and BRIDGE_VAULT_KEYS_FILE are set");
    }

    @Test
    void readWhenTheFileCannotBeReadSaysWhyAndShowsNotWhatWasSet() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});

        assertThat(refusalOfFile(folder.resolve("absent").toString())).contains("does not exist");
        assertThat(refusalOfFile(folder.toString())).contains("is not a file");
        assertThat(refusalOfFile(binary.toString())).contains("is not a text file");
        assertThat(refusalOfFile("a\0b")).contains("is not given by a path");
        assertThat(refusalOfFile(K1)).contains("does not exist").doesNotContain(BASE64);
    }

    private static String refusalOfFile(String path) {
        try {
            VaultKeyReader.read(new VaultProperties(null, path));
        } catch (VaultCannotStart refusal) {
            return refusal.getMessage();
        }
        throw new AssertionError("The file was accepted");
    }
}
