package io.qlikbridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.received.RandomJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a tenant sends, and however it is cut, comes out of the quick rewriter as it does of the plain one. */
class LinkRewriterAgainstPlainTests {

    private static final BridgeLinks LINKS = new BridgeLinks(
            URI.create("https://acme.eu.qlikcloud.com"), "https://bridge.example.org/qlik/main", "/qlik/main");

    private static final List<String> NAMES = List.of(
            "links",
            "_links",
            "href",
            "Links",
            "HREF",
            "url",
            "thumbnailURL",
            "uris",
            "hrefs",
            "self",
            "next",
            "prev",
            "previous",
            "first",
            "last",
            "location",
            "src",
            "link",
            "id",
            "name",
            "ticks",
            "half",
            "f",
            "",
            "resourceHref",
            "x".repeat(64),
            "x".repeat(65),
            "href\"",
            "_Links",
            "\u007flinks");

    private static final List<String> TEXTS = List.of(
            "https://acme.eu.qlikcloud.com/api/v1/items?next=x",
            "https://acme.eu.qlikcloud.com/api/v1/items/1",
            "https://acme.eu.qlikcloud.com/a/./b",
            "https://acme.eu.qlikcloud.com/a/../b",
            "https://acme.eu.qlikcloud.com/a%2fb",
            "https://acme.eu.qlikcloud.com",
            "HTTPS://ACME.eu.qlikcloud.com/x",
            "https://other.example/api/v1/x",
            "https://other.example/x",
            "javascript:x",
            "/api/v1/items",
            "//other.example/api/",
            "\\\\other",
            "..//x",
            "ht\ntp:x",
            "a: b",
            "\"links\":{\"x\":{\"href\":\"/",
            "\",\"href\":\"//x",
            "\\",
            "https://acme.eu.qlikcloud.com/" + "y".repeat(LinkRewriter.MOST_HELD),
            "/" + "y".repeat(LinkRewriter.MOST_HELD - 1),
            "z".repeat(LinkRewriter.MOST_HELD + 1),
            "");

    @Test
    void documentComesOutTheSame() {
        compare(11, 4_000, (random, json) -> RandomJson.bytes(json.object(5)));
    }

    @Test
    void severalDocumentsInOneComeOutTheSame() {
        compare(12, 1_500, (random, json) -> RandomJson.bytes(json.value(3) + " " + json.value(3) + json.value(2)));
    }

    @Test
    void damagedDocumentComesOutTheSame() {
        compare(13, 5_000, (random, json) -> json.damaged(RandomJson.bytes(json.object(4))));
    }

    @Test
    void documentOfAnyPiecesComesOutTheSame() {
        List<String> pieces = List.of(
                "\"",
                "\"",
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\\",
                " ",
                "1",
                "\"href\"",
                "\"\\u0068ref\":",
                "\"url\":[",
                "\"a\":\"b\",",
                "\"//x\"",
                "\"links\":{",
                "\u0001",
                "\u00c3",
                "\"/y\",\"");
        compare(14, 10_000, (random, json) -> {
            StringBuilder document = new StringBuilder();
            for (int count = random.nextInt(24); count > 0; count--) {
                document.append(pieces.get(random.nextInt(pieces.size())));
            }
            return document.toString().getBytes(StandardCharsets.ISO_8859_1);
        });
    }

    @Test
    void documentInAnotherEncodingComesOutTheSame() {
        compare(
                15,
                200,
                (random, json) -> json.object(3)
                        .getBytes(random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16LE));
    }

    @Test
    void documentThatNestsDeepComesOutTheSame() {
        compare(16, 60, (random, json) -> {
            int depth = 1_015 + random.nextInt(15);
            String open = random.nextBoolean() ? "[" : "{\"links\":";
            String close = open.equals("[") ? "]" : "}";
            return RandomJson.bytes(open.repeat(depth) + json.value(6) + close.repeat(depth));
        });
    }

    /** What makes a document of chance. */
    private interface Documents {

        byte[] make(Random random, RandomJson json);
    }

    private static void compare(long seed, int rounds, Documents documents) {
        Random random = new Random(seed);
        RandomJson json = new RandomJson(random, NAMES, TEXTS);
        int changed = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] document = documents.make(random, json);
            JsonPath.Role least = random.nextInt(4) == 0 ? JsonPath.Role.ADDRESS : JsonPath.Role.TEXT;
            long cuts = random.nextLong();
            LinkRewriter quick = new LinkRewriter(LINKS, least);
            PlainLinkRewriter plain = new PlainLinkRewriter(LINKS, least);

            String expected = outcome(document, new Random(cuts), plain::push, plain::finish);

            assertThat(outcome(document, new Random(cuts), quick::push, quick::finish))
                    .as("round %d of seed %d: %s", round, seed, text(document))
                    .isEqualTo(expected);
            changed += expected.equals(text(document)) ? 0 : 1;
        }
        assertThat(changed).as("documents that did not stay as they were").isGreaterThan(rounds / 40);
    }

    private interface Push {

        void push(byte[] bytes, int from, int to, OutputStream out) throws IOException;
    }

    private interface Finish {

        void finish(OutputStream out) throws IOException;
    }

    /** What was written, and why no more was. Each piece stands in a buffer of its own, among quotes. */
    private static String outcome(byte[] document, Random random, Push push, Finish finish) {
        int most = 1 + random.nextInt(random.nextInt(3) == 0 ? 12 : document.length + 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (int at = 0; at < document.length; ) {
                int length = Math.min(document.length - at, 1 + random.nextInt(most));
                byte[] buffer = "\"".repeat(length + 20).getBytes(StandardCharsets.US_ASCII);
                int from = random.nextInt(20);
                System.arraycopy(document, at, buffer, from, length);
                push.push(buffer, from, from + length, out);
                at += length;
            }
            finish.finish(out);
        } catch (BridgeException refused) {
            return text(out.toByteArray()) + " refused: " + refused.getMessage();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text(out.toByteArray());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
