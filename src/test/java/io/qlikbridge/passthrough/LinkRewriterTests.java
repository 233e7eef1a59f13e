package io.qlikbridge.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.problem.BridgeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class LinkRewriterTests {

    private static final BridgeLinks LINKS = new BridgeLinks(
            URI.create("https://acme.eu.qlikcloud.com"), "https://bridge.example.org/qlik/main", "/qlik/main");
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://acme.eu.qlikcloud.com/api/v1/items?next=a%2Fb https://bridge.example.org/qlik/main/api/v1/items?next=a%2Fb",
                "HTTPS://ACME.eu.QlikCloud.com/api/v1/x https://bridge.example.org/qlik/main/api/v1/x",
                "https://acme.eu.qlikcloud.com:443/x https://bridge.example.org/qlik/main/x",
                "https://acme.eu.qlikcloud.com:/x https://bridge.example.org/qlik/main/x",
                "https://me@acme.eu.qlikcloud.com/x https://bridge.example.org/qlik/main/x",
                "https://acme.eu.qlikcloud.com https://bridge.example.org/qlik/main",
                "https://acme.eu.qlikcloud.com?x https://bridge.example.org/qlik/main?x",
                "https://acme.eu.qlikcloud.com#x https://bridge.example.org/qlik/main#x",
                "//acme.eu.qlikcloud.com/x https://bridge.example.org/qlik/main/x",
                "//generated.qlikcloud.com/api/v1/x https://bridge.example.org/qlik/main/api/v1/x",
                "https://generated.qlikcloud.com:8443/api/v1/x https://bridge.example.org/qlik/main/api/v1/x",
                "http://acme.eu.qlikcloud.com/api/v1/x https://bridge.example.org/qlik/main/api/v1/x",
                "/api/v1/x?a=b /qlik/main/api/v1/x?a=b",
                "/ /qlik/main/",
                "\\/api\\/v1 /qlik/main\\/api\\/v1",
                "https:\\/\\/acme.eu.qlikcloud.com\\/api\\/v1\\/x https://bridge.example.org/qlik/main\\/api\\/v1\\/x",
                "https\\u003a\\u002F\\u002facme.eu.qlikcloud.com\\u002fx https://bridge.example.org/qlik/main\\u002fx",
                "\\u0068ttps://generated.example/\\u0061pi/x https://bridge.example.org/qlik/main/\\u0061pi/x"
            })
    void linkToTheTenantLeadsToTheBridge(String before, String after) {
        isRewritten(
                "{\"links\":{\"next\":{\"href\":\"" + before + "\"}}}",
                "{\"links\":{\"next\":{\"href\":\"" + after + "\"}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.eu.qlikcloud.com.evil.example/x",
                "https://acme.eu.qlikcloud.com:8443/x",
                "https://acme.eu.qlikcloud.com@evil.example/x",
                "http://acme.eu.qlikcloud.com/x",
                "https://help.qlik.com/en-US/x",
                "https://help.qlik.com/apis/x",
                "https://help.qlik.com/x/api/v1",
                "https://help.qlik.com",
                "https:/help.qlik.com/api/v1/x",
                "https:\\\\help.qlik.com\\\\api\\\\x",
                "https:///help.qlik.com/api/v1/x",
                "https:help.qlik.com/api/v1/x",
                "https://help.qlik.com\\\\@acme.eu.qlikcloud.com/api/x",
                "/\\\\help.qlik.com/api/x",
                "\\\\/help.qlik.com/api/x",
                "\\/\\/help.qlik.com\\/x",
                "///help.qlik.com/api/x",
                " https://acme.eu.qlikcloud.com/x",
                "\\u0001https://help.qlik.com/api/x",
                "h\\tttps://help.qlik.com/api/x",
                "/\\n/help.qlik.com/api/x",
                "https://acme.eu.qlikcloud.com/../x",
                "https://acme.eu.qlikcloud.com/api/%2E./x",
                "https://generated.example/api/v1/..%2f..%5Cx",
                "../other",
                "/api/..\\\\..\\\\x",
                "/.%2e/x",
                "x/../../../y",
                "wss://acme.eu.qlikcloud.com/x",
                "javascript:x",
                "mailto:a@acme.eu.qlikcloud.com",
                "blob:https://acme.eu.qlikcloud.com/x",
                "\\u00",
                "https://acme.eu.qlikcloud.com\\q/x",
                "https://\u00e4/x"
            })
    void linkElsewhereIsDropped(String address) {
        isRewritten(
                "{\"links\":{\"next\":{\"href\":\"" + address + "\",\"a\":\"b\"}}}",
                "{\"links\":{\"next\":{\"href\":\"\",\"a\":\"b\"}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"items?next=a", "./items", "?next=https://help.qlik.com", "#x", "", "\\\"", "a..b/..c"})
    void linkFromWhereItStandsStaysAsItIs(String address) {
        String json = "{\"links\":{\"next\":{\"href\":\"" + address + "\"}}}";

        isRewritten(json, json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://help.qlik.com/x|''",
                "//help.qlik.com/x|''",
                "h\\tttps:help.qlik.com|''",
                "data:text/html,x|''",
                "https://acme.eu.qlikcloud.com/x|https://bridge.example.org/qlik/main/x",
                "/api/v1/x|/api/v1/x",
                "a:b|a:b",
                "Note: see https://help.qlik.com|Note: see https://help.qlik.com",
                "bmV4dA==|bmV4dA=="
            })
    void textWhereAnAddressMayBeIsDroppedIfItLeadsAway(String before, String after) {
        for (String place : new String[] {
            "{'url':'@'}",
            "{'a':{'thumbnail\\u0055RL':'@'}}",
            "{'next':'@'}",
            "{'URLs':['x',['@']]}",
            "{'links':{'next':{'title':'@'}}}",
            "{'_links':{'a':{'b':{'c':'@'}}}}",
            "{'" + "x".repeat(100) + "':'@'}"
        }) {
            String json = place.replace('\'', '"');
            isRewritten(json.replace("@", before), json.replace("@", after));
        }
    }

    @Test
    void everyTextMayBeAnAddressWhereItIsSaidSo() throws IOException {
        byte[] json = "{\"a\":\"https://help.qlik.com\",\"b\":[\"//x/y\",\"text\"],\"c\":\"/x\"}"
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new LinkRewriter(LINKS, JsonPath.Role.ADDRESS).push(json, 0, json.length, out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"\",\"b\":[\"\",\"text\"],\"c\":\"/x\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void documentInAnotherEncodingIsRefused(String encoding) {
        byte[] json =
                "{\"links\":{\"next\":{\"href\":\"https://help.qlik.com/x\"}}}".getBytes(Charset.forName(encoding));

        assertThatExceptionOfType(BridgeException.class).isThrownBy(() -> rewritten(json, 0));
        assertThatExceptionOfType(BridgeException.class).isThrownBy(() -> rewritten(json, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'text':'links:{next:{href:','hrefs2':'@'}",
                "{'text':'\\\"links\\\":{\\\"next\\\":{\\\"href\\\":\\\"','b':'@'}",
                "{'a':'\\\\','b':'@','c':'\\\\\\\\'}",
                "{'name':'@','description':'@','picture':'@','resourceLink':'@'}",
                "{'linked':{'next':{'ref':'@'}}}",
                "['links',['href','@']]",
                "'@'",
                "",
                "null",
                "@",
                "<html><a href='@'>links</a></html>"
            })
    void addressThatIsNoLinkStaysAsItIs(String template) {
        String json = filled(template);

        isRewritten(json, json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'links':{'next':{'href':'@'}}}",
                "['links',{'next':{'href':'@'}}]",
                "{'link':{'next':{'href':'@'}}}",
                "{'linkss':{'next':{'href':'@'}}}",
                "{'links':{'next':{'HREF':'@'}}}",
                "{'Links':{'next':{'href':'@'}}}",
                "{'links':{},'next':{'href':'@'}}",
                "{'links':null,'next':{'href':'@'}}",
                "{'links':{'next':{'href':1,'x':'@'}}}",
                "{'links':{'next':{'href':null,'x':'@'}}}",
                "{'links':{'next':[{'href':'@'}]}}",
                "{'links':{'next':{'deeper':{'href':'@'}}}}",
                "{'links':{'next':{'href':{'href':'@'}}}}",
                "{'links':{'next':{'href':['@']}}}",
                "{'links':{'next':{'url':'@'}}}",
                "{'links':{'next':'@'}}",
                "{'links':['@']}",
                "{'links':{'href':'@'}}",
                "{'links':'@'}",
                "{'href':'@'}",
                "{'links':[{'href':'@'},{'rel':'x','href':'@'}]}",
                "{'links':{'links':{'href':'@'}}}",
                "{'links':{'next':{'links':{'a':{'href':'@'}},'href':'@'}}}",
                "[[{'a':{'links':{'next':{'title':'}],','href':'@'}}}}],{'links':{'a':{'href':'@'}}}]",
                "{'data':[{'links':{'self':{'href':'@'}}},{'links':{'self':{'href':'@'}}}],'links':{'next':{'href':'@'},'prev':{'href':null}}}",
                " { \t'links' \n:\r { 'next' : { 'href' : '@' } } } ",
                "{'l\\u0069nks':{'n':{'hr\\u0065f':'@'}}}",
                "{'\\u006c\\u0069\\u006e\\u006b\\u0073':{'n':{'\\u0068\\u0072\\u0065\\u0066':'@'}}}",
                "{'links':{'n':{'a':-1.5e3,'b':true,'c':[1,2,{'d':'e'}],'href':'@'}}}",
                "{'links':{'n':{'href':'@','href':'@'}}}",
                "\ufeff{'links':{'n':{'href':'@'}}}",
                "{'links':{'n':{'href':'@'}}}\n{'links':{'n':{'href':'@'}}}"
            })
    void addressOfALinkIsRewrittenWherever(String template) {
        String json = filled(template);

        isRewritten(json, json.replace("https://acme.eu.qlikcloud.com/", "https://bridge.example.org/qlik/main/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'links':{'n':{'href':'@",
                "{'links':{'n':{'href':'https:",
                "{'links':{'n':{'href' '@'}}}",
                "{'links' {'n':{'href' '@'}}}",
                "}}]],,::{'ref':'@'}",
                "{'links':{'n':{'href':'x'@'",
                "{{{[[[]}'href':'@'"
            })
    void documentThatIsNoJsonStaysAsItIs(String template) {
        String json = filled(template);

        isRewritten(json, json);
    }

    @Test
    void bytesThatAreNoUtf8StayAsTheyAre() {
        byte[] json = "{\"a\":\"\u00ff\u00fe\u0080\",\"links\":{\"n\":{\"href\":\"/\u00e9\u0000\u00c3\"}}}"
                .getBytes(StandardCharsets.ISO_8859_1);

        String expected =
                "{\"a\":\"\u00ff\u00fe\u0080\",\"links\":{\"n\":{\"href\":\"/qlik/main/\u00e9\u0000\u00c3\"}}}";
        for (int cut = 0; cut <= json.length; cut++) {
            assertThat(new String(rewritten(json, cut), StandardCharsets.ISO_8859_1))
                    .isEqualTo(expected);
        }
    }

    @Test
    void longStringsPassThroughInPieces() {
        String tail = "x".repeat(LinkRewriter.MOST_HELD * 3);
        String json = "{\"links\":{\"n\":{\"href\":\"https://acme.eu.qlikcloud.com/?" + tail
                + "\\\\\"},\"m\":{\"href\":\"x?" + tail + "\"},\"" + tail + "\":{\"href\":\"/#" + tail
                + "\"},\"p\":{\"href\":\"/" + tail + "\\\\\\\"\",\"a\":\"//" + tail + "\",\"b\":\"" + tail
                + "\"}},\"c\":\"//"
                + tail + "\"}";
        String expected = json.replace("https://acme.eu.qlikcloud.com/", "https://bridge.example.org/qlik/main/")
                .replace("\"/#x", "\"/qlik/main/#x")
                .replace("/" + tail + "\\\\\\\"", "")
                .replace("\"a\":\"//" + tail, "\"a\":\"");

        for (int size :
                new int[] {1, 7, 1_000, LinkRewriter.MOST_HELD - 1, LinkRewriter.MOST_HELD + 30, json.length()}) {
            assertThat(inPieces(json.getBytes(StandardCharsets.UTF_8), size)).isEqualTo(expected);
        }
    }

    @Test
    void whatNestsDeepIsLookedIntoAndWhatNestsTooDeepIsRefused() {
        String link = "{\"links\":{\"n\":{\"href\":\"/x\"}}}";
        String json = "[".repeat(1_000) + link + "]".repeat(1_000) + "," + link;

        assertThat(inPieces(json.getBytes(StandardCharsets.UTF_8), 4_096))
                .isEqualTo(json.replace("\"/x\"", "\"/qlik/main/x\""));
        byte[] tooDeep = "{\"a\":".repeat(1_025).getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(BridgeException.class).isThrownBy(() -> inPieces(tooDeep, 4_096));
    }

    @Test
    void randomDocumentsComeOutAsASlowRewriterMakesThem() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            JsonNode document = random(random, 6);
            byte[] written = written(document, random).getBytes(StandardCharsets.UTF_8);

            String rewritten = inPieces(written, 1 + random.nextInt(written.length + 1));

            JsonNode slow = slowly(document, false, false);
            assertThat(ascii(JSON.readTree(rewritten).toString()))
                    .as("seed " + seed)
                    .isEqualTo(ascii(slow.toString()));
        }
    }

    /** Whole, and cut in two at every place, and byte after byte. */
    private static void isRewritten(String before, String after) {
        byte[] bytes = before.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(new String(rewritten(bytes, cut), StandardCharsets.UTF_8))
                    .as("cut at " + cut)
                    .isEqualTo(after);
        }
        assertThat(inPieces(bytes, 1)).isEqualTo(after);
    }

    private static byte[] rewritten(byte[] bytes, int cut) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LinkRewriter rewriter = new LinkRewriter(LINKS);
        // in a buffer that holds other things before and behind
        byte[] buffer = new byte[bytes.length + 20];
        Arrays.fill(buffer, (byte) '"');
        try {
            System.arraycopy(bytes, 0, buffer, 9, cut);
            rewriter.push(buffer, 9, 9 + cut, out);
            Arrays.fill(buffer, (byte) '"');
            System.arraycopy(bytes, cut, buffer, 3, bytes.length - cut);
            rewriter.push(buffer, 3, 3 + bytes.length - cut, out);
            rewriter.finish(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static String inPieces(byte[] bytes, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LinkRewriter rewriter = new LinkRewriter(LINKS);
        try {
            for (int at = 0; at < bytes.length; at += size) {
                rewriter.push(bytes, at, Math.min(bytes.length, at + size), out);
            }
            rewriter.finish(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String filled(String template) {
        return template.replace('\'', '"').replace("@", "https://acme.eu.qlikcloud.com/api/v1/x");
    }

    private static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private static JsonNode random(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 3 : 8);
        if (kind == 0) {
            return JSON.getNodeFactory().numberNode(random.nextInt());
        }
        if (kind <= 2) {
            List<String> texts = List.of(
                    "https://acme.eu.qlikcloud.com/api/v1/items?next=x",
                    "https://acme.eu.qlikcloud.com",
                    "https://other.example/api/v1/x",
                    "https://other.example/x",
                    "/api/v1/items",
                    "//other.example/api/",
                    "..//x",
                    "ht\ntp:x",
                    "a: b",
                    "https:/x/api/v1",
                    "links\":{\"x\":{\"href\":\"/",
                    "tr\u00e4nen \ud83d\ude00 \\ \" \n /",
                    "");
            return StringNode.valueOf(texts.get(random.nextInt(texts.size())));
        }
        if (kind == 3) {
            ArrayNode array = JSON.createArrayNode();
            for (int count = random.nextInt(4); count > 0; count--) {
                array.add(random(random, depth - 1));
            }
            return array;
        }
        ObjectNode object = JSON.createObjectNode();
        for (int count = random.nextInt(4); count > 0; count--) {
            List<String> names = List.of("links", "href", "next", "links", "href", "a \"b", "");
            object.set(names.get(random.nextInt(names.size())), random(random, depth - 1));
        }
        return object;
    }

    /** With blanks and escapes where they may be. */
    private static String written(JsonNode node, Random random) {
        String blank = random.nextInt(5) == 0 ? " \n\t" : "";
        if (node.isObject()) {
            StringBuilder text = new StringBuilder("{").append(blank);
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                text.append(text.length() > 1 + blank.length() ? "," : "")
                        .append(blank)
                        .append(quoted(member.getKey(), random))
                        .append(blank)
                        .append(':')
                        .append(blank)
                        .append(written(member.getValue(), random));
            }
            return text.append(blank).append('}').toString();
        }
        if (node.isArray()) {
            StringBuilder text = new StringBuilder("[");
            node.forEach(element -> text.append(text.length() > 1 ? "," : "").append(written(element, random)));
            return text.append(blank).append(']').toString();
        }
        return blank + (node.isString() ? quoted(node.asString(), random) : node.toString());
    }

    private static String quoted(String value, Random random) {
        StringBuilder text = new StringBuilder("\"");
        boolean escape = random.nextInt(3) == 0;
        for (char character : value.toCharArray()) {
            boolean half = Character.isSurrogate(character);
            if (character < ' ' || escape && !half && random.nextInt(4) == 0) {
                text.append(String.format("\\u%04x", (int) character));
            } else if (character == '"' || character == '\\' || character == '/' && escape) {
                text.append('\\').append(character);
            } else {
                text.append(character);
            }
        }
        return text.append('"').toString();
    }

    /** @param links whether it is in {@code links}; @param addresses whether what is in it may be an address */
    private static JsonNode slowly(JsonNode node, boolean links, boolean addresses) {
        if (node.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            for (JsonNode element : node) {
                array.add(
                        element.isString()
                                ? judged(element, links, links || addresses)
                                : slowly(element, links && element.isArray(), links || addresses));
            }
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            JsonNode value = member.getValue();
            boolean named = List.of("links", "href").contains(member.getKey());
            boolean address = links || addresses || member.getKey().equals("next") && !value.isObject();
            object.set(
                    member.getKey(),
                    value.isString()
                            ? judged(value, named || links, address)
                            : slowly(value, named || links && value.isArray(), address));
        }
        return object;
    }

    private static JsonNode judged(JsonNode text, boolean link, boolean address) {
        if (!link && !address) {
            return text;
        }
        LinkVerdict verdict = LINKS.judge(text.asString(), true, link);
        return StringNode.valueOf(
                verdict == LinkVerdict.DROPPED
                        ? ""
                        : verdict.replacement() + text.asString().substring(verdict.end()));
    }
}
