package io.qlikbridge.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonCursorTests {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> TEXTS =
            List.of("plain", "a\"b\\c/d\n\t\b\f\r\u0001\u001f", "\u00e4\u20ac\ud83d\ude00\u2028\u007f", "");

    @Test
    void documentThatIsTakenIsOneThatAParserTakes() {
        Random random = new Random(31);
        RandomJson json = new RandomJson(random, List.of("a", "b"), TEXTS);
        int taken = 0;
        for (int round = 0; round < 15_000; round++) {
            byte[] sound = RandomJson.bytes(json.value(4));
            byte[] document = random.nextInt(3) == 0 ? sound : json.damaged(sound);
            if (isTaken(document)) {
                taken++;
                assertThat(isParsed(document))
                        .as(new String(document, StandardCharsets.ISO_8859_1))
                        .isTrue();
            }
        }
        assertThat(taken).isGreaterThan(4_000);
    }

    @Test
    void documentWithoutEscapedNamesIsTaken() {
        RandomJson json = new RandomJson(new Random(32), List.of("a", "b"), TEXTS);
        for (int round = 0; round < 2_000; round++) {
            String document = "[" + json.text() + ", " + json.text() + ",{\"a\":" + json.text() + "}, -1.5E+3,true]\n";

            assertThat(isTaken(RandomJson.bytes(document))).as(document).isTrue();
        }
    }

    @Test
    void textIsCopiedAsAMapperWritesIt() {
        RandomJson json = new RandomJson(new Random(33), List.of("a"), TEXTS);
        int halves = 0;
        for (int round = 0; round < 10_000; round++) {
            byte[] text = RandomJson.bytes(json.text());
            String parsed = JSON.readTree(text).asString();
            if (StandardCharsets.UTF_8.newEncoder().canEncode(parsed)) {
                assertThat(copied(text)).isEqualTo(JSON.writeValueAsString(parsed));
            } else {
                halves++;
                assertThatExceptionOfType(JsonCursor.Unplain.class).isThrownBy(() -> copied(text));
            }
        }
        assertThat(halves).isGreaterThan(100);
    }

    @Test
    void membersAreFoundAmongOthers() {
        byte[] document = RandomJson.bytes(
                " { \"a\" : \"x\" , \"other\":{\"b\":\"no\"},\"b\":null,\"cc\":\"\",\"d\":[\"a\"], \"ee\":\"\\u00e4\"}");
        JsonMembers members = new JsonMembers(new JsonMembers.Names(List.of("a", "b", "cc", "ee", "f")), document);

        members.read(new JsonCursor(document, 0, document.length));

        assertThat(members.text(0)).isEqualTo("x");
        assertThat(List.of(members.isText(1), members.isText(2), members.isText(3), members.isText(4)))
                .containsExactly(false, true, true, false);
        assertThat(List.of(members.isFilled(0), members.isFilled(2))).containsExactly(true, false);
        assertThatExceptionOfType(JsonCursor.Unplain.class).isThrownBy(() -> members.text(3));
    }

    private static boolean isTaken(byte[] document) {
        JsonCursor cursor = new JsonCursor(document, 0, document.length);
        try {
            cursor.skip();
            cursor.finish();
            return true;
        } catch (JsonCursor.Unplain unplain) {
            return false;
        }
    }

    /** That no letter got lost on the way shows that it was in UTF-8. */
    private static boolean isParsed(byte[] document) {
        try {
            JsonNode parsed = JSON.readTree(document);
            return !parsed.isMissingNode()
                    && new String(document, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8).length
                            == document.length;
        } catch (JacksonException refused) {
            return false;
        }
    }

    private static String copied(byte[] text) {
        JsonMembers.Names names = new JsonMembers.Names(List.of("a"));
        byte[] document = RandomJson.bytes("{\"a\":" + new String(text, StandardCharsets.UTF_8) + "}");
        JsonMembers members = new JsonMembers(names, document);
        CopiedJson json = new CopiedJson(1);
        members.read(new JsonCursor(document, 0, document.length));
        members.write(0, json);
        return new String(json.bytes(), 0, json.length(), StandardCharsets.UTF_8);
    }
}
