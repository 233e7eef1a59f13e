package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSecretsTests {

    private static final String SECRET = "a secret/of some+length";

    private final KnownSecrets secrets = new KnownSecrets();

    @ParameterizedTest
    @ValueSource(strings = {"<%s>", "token=%s&", "\\\\x00%s00"})
    void inFindsEachFormWhereItStands(String text) {
        secrets.add("secret", SECRET);
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);

        for (String form : new String[] {
            SECRET,
            Product.encoded(SECRET),
            HexFormat.of().formatHex(bytes),
            Base64.getEncoder().encodeToString(bytes)
        }) {
            String written = text.formatted(form);
            assertThat(secrets.in(written, at -> "at " + at))
                    .as(written)
                    .containsExactly("secret at " + text.indexOf("%s"));
        }
        assertThat(secrets.in(text.formatted("another one/of some+length"), at -> "at " + at))
                .isEmpty();
    }

    @Test
    void inFindsTheBytesThatALineOfPemStandsFor() {
        byte[] key = new byte[96];
        for (int at = 0; at < key.length; at++) {
            key[at] = (byte) (at * 37);
        }
        secrets.addLines(
                "key",
                "-----BEGIN KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key));

        assertThat(secrets.in("\\x30" + HexFormat.of().formatHex(key), at -> "here"))
                .containsExactly("key here");
    }
}
