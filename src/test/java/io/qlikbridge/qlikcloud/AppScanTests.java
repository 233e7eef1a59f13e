package io.qlikbridge.qlikcloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.paging.Page;
import io.qlikbridge.received.CopiedJson;
import io.qlikbridge.received.RandomJson;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.upstream.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The scan writes what {@link CloudApps} and the application's mapper write, or nothing. */
class AppScanTests {

    private static final JsonMapper JSON = mapper();

    private static final List<String> MEMBERS = List.of(
            "id",
            "resourceId",
            "resourceSubType",
            "name",
            "description",
            "spaceId",
            "ownerId",
            "resourceCreatedAt",
            "createdAt",
            "resourceUpdatedAt",
            "updatedAt",
            "resourceReloadEndTime",
            "resourceReloadStatus",
            "thumbnailId");

    private static final List<String> INSTANTS = List.of(
            "2026-01-02T03:04:05Z",
            "2026-12-31T23:59:59.120Z",
            "2026-01-02T03:04:05.000Z",
            "2026-01-02T03:04:05.1Z",
            "2026-01-02T03:04:05.123456Z",
            "2026-01-02T03:04:05.123000Z",
            "2026-01-02T03:04:05.123456789Z",
            "2026-01-02T03:04:05+02:00",
            "2024-02-29T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-06-31T00:00:00Z",
            "2026-01-02T24:00:00Z",
            "2026-01-02T03:04:60Z",
            "0000-01-01T00:00:00Z",
            "2026-01-02",
            "");

    private static final List<String> SUB_TYPES = List.of("", "dataflow-prep", "chat", "\u00e4");

    private static final List<String> LINKS = List.of(
            "\"links\":{}",
            "\"links\":null",
            "\"links\":{\"self\":{\"href\":\"https://a.example/api/v1/items\"},\"next\":{\"href\":\"https://a.example/api/v1/items?limit=20&next=bmV4dA%3D%3D&x=y\"}}",
            "\"links\":{\"next\":{\"href\":\"https://a.example/api/v1/items?limit=20\\u0026next=b-_.~mV4\",\"method\":\"GET\"}}",
            "\"links\":{\"next\":{\"href\":\"?next=a%22b\"}}",
            "\"links\":{\"next\":{\"href\":\"?next=%zz\"}}",
            "\"links\":{\"next\":{\"href\":\"?next=a+b%20c%c3%a4&next=x\"}}",
            "\"links\":{\"next\":{\"href\":\"\"}}",
            "\"links\":{\"next\":{\"href\":\"x?limit=1#next=x\"}}",
            "\"links\":{\"next\":{\"href\":null}}",
            "\"links\":{\"next\":{\"href\":17}}",
            "\"links\":{\"next\":{}}",
            "\"links\":{\"next\":null}",
            "\"links\":{\"next\":\"x\"}",
            "\"links\":{\"next\":{\"href\":\"?next=a\"},\"next\":null}",
            "\"links\":{\"next\":{\"href\":\"?next=a\",\"href\":\"?next=b\"}}",
            "\"links\":[]");

    private static final List<String> TEXTS = List.of(
            "Sales report",
            "11111111-2222-4333-8444-000000000001",
            "Tr\u00e4nen \ud83d\ude00 <b>&amp;</b>",
            "a\"b\\c/d\n\t\b\f\r\u0001\u001f\u007f\u2028",
            "{\"name\":\"x\"}",
            "");

    @Test
    void pageOfAnyItemsMakesTheSameList() {
        assertThat(compared(21, 6_000, 0, false)).as("pages that were scanned").isGreaterThan(2_000);
    }

    @Test
    void pageWithWhatIsSeldomMakesTheSameListOrNone() {
        assertThat(compared(22, 6_000, 12, false)).as("pages that were scanned").isGreaterThan(600);
    }

    @Test
    void damagedPageMakesTheSameListOrNone() {
        assertThat(compared(23, 10_000, 60, true)).as("pages that were scanned").isGreaterThan(100);
    }

    @Test
    void pageAsATenantWritesItIsScanned() {
        assertScanned(
                page(
                        20,
                        "\"links\":{\"self\":{\"href\":\"https://a.example/x\"},"
                                + "\"next\":{\"href\":\"https://a.example/api/v1/items?limit=20&next=bmV4dA&resourceType=app\"}}"),
                null);
        assertScanned(page(100, "\"links\":{\"next\":{\"href\":null}}"), null);
    }

    @Test
    void pageWithNothingIsScannedWhereNothingElseIsAsked() {
        assertThat(scanned(bytes(page(0, "\"links\":{}")), null)).isNull();
        assertScanned(page(0, "\"links\":{}"), "chat");
        assertScanned(page(0, "\"links\":{}"), AppQuery.ANY_SUB_TYPE);
        assertScanned(page(0, "\"links\":{\"next\":{\"href\":\"?next=x\"}}"), null);
    }

    @Test
    void pageOfMoreItemsThanAreReadIsDeclined() {
        assertThat(scanned(bytes(page(101, "\"links\":{}")), null)).isNull();
    }

    @Test
    void pageThatIsLongIsDeclined() {
        String long_ = page(1, "\"links\":{}").replace("{\"data\"", " ".repeat(AppScan.MOST_BYTES) + "{\"data\"");

        assertThat(scanned(bytes(long_), null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{}",
                "{\"data\":null}",
                "{\"data\":{}}",
                "{\"data\":[{\"resourceId\":\"a\"}],\"data\":[]}",
                "{\"data\":[{\"resourceId\":\"a\",\"resourceId\":\"b\"}]}",
                "{\"data\":[{\"resourceId\":\"a\",\"resourceI\\u0064\":\"b\"}]}",
                "{\"d\\u0061ta\":[{\"resourceId\":\"a\"}]}",
                "{\"data\":[{\"resourceId\":\"a\",\"name\":17}]}",
                "{\"data\":[{\"resourceId\":\"a\",\"name\":\"\\ud800\"}]}",
                "{\"data\":[{\"resourceId\":\"a\"}]}{}",
                "{\"data\":[{\"resourceId\":\"a\"},]}",
                "{\"data\":[{\"resourceId\":\"a\",\"x\":01}]}",
                "{\"data\":[{\"resourceId\":\"a\",\"x\":1.}]}",
                "{\"data\":[{\"resourceId\":\"a\",\"x\":+1}]}",
                "{\"data\":[{\"resourceId\":\"a\",\"x\":NaN}]}",
                "{\"data\":[{\"resourceId\":\"a\",\"x\":tru}]}",
                "{\"data\":[{\"resourceId\":\"a\",\"x\":'y'}]}",
                "{\"data\":[{\"resourceId\":\"a\"} {\"resourceId\":\"b\"}]}",
                "{\"data\":[{\"resourceId\":\"a\"}]",
                "{\"data\":[{\"resourceId\":\"a\",\"x\":\"\n\"}]}",
                "\ufeff{\"data\":[{\"resourceId\":\"a\"}]}",
                "{\"data\":[{\"resourceId\":\"a\"},{\"name\":\"b\"}],\"links\":{\"next\":{\"href\":\"?next=x\"}}}"
            })
    void pageThatIsNotPlainIsDeclined(String page) {
        assertThat(scanned(bytes(page), null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0 80", "ed a0 80", "f5 80 80 80", "e0 80 80", "f4 90 80 80", "80", "c3", "ff"})
    void pageThatIsNotInUtf8IsDeclined(String hex) {
        StringBuilder letters = new StringBuilder();
        for (String octet : hex.split(" ")) {
            letters.append((char) Integer.parseInt(octet, 16));
        }
        byte[] page = ("{\"data\":[{\"resourceId\":\"" + letters + "\"}]}").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(scanned(page, null)).isNull();
    }

    @Test
    void pageThatNestsDeepIsDeclined() {
        assertThat(scanned(bytes(nesting(50)), null)).isNotNull();
        assertThat(scanned(bytes(nesting(51)), null)).isNull();
        assertThat(scanned(bytes(nesting(60_000)), null)).isNull();
    }

    private static String nesting(int depth) {
        return "{\"data\":[{\"resourceId\":\"a\"}],\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    private static void assertScanned(String page, @Nullable String subType) {
        assertThat(scanned(bytes(page), subType)).isNotNull().isEqualTo(listed(bytes(page), subType));
    }

    /** How many of the pages were scanned. */
    private static int compared(long seed, int rounds, int oddity, boolean damaged) {
        Random random = new Random(seed);
        RandomPage pages = new RandomPage(random, oddity);
        int scanned = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] page = bytes(pages.make());
            byte[] sent = damaged ? pages.json.damaged(page) : page;
            String subType =
                    Arrays.asList(null, AppQuery.ANY_SUB_TYPE, "dataflow-prep").get(random.nextInt(3));

            String list = scanned(sent, subType);

            if (list != null) {
                scanned++;
                assertThat(list)
                        .as("round %d of seed %d: %s", round, seed, new String(sent, StandardCharsets.ISO_8859_1))
                        .isEqualTo(listed(sent, subType));
            }
        }
        return scanned;
    }

    /** In a buffer that holds other things before and behind. */
    private static @Nullable String scanned(byte[] page, @Nullable String subType) {
        byte[] buffer = new byte[page.length + 20];
        Arrays.fill(buffer, (byte) '"');
        System.arraycopy(page, 0, buffer, 7, page.length);
        CopiedJson list = AppScan.list(buffer, 7, 7 + page.length, subType);
        return list == null ? null : new String(list.bytes(), 0, list.length(), StandardCharsets.UTF_8);
    }

    /** What the application answers; {@code null} for a refusal, and where it asks the tenant again. */
    private static @Nullable String listed(byte[] page, @Nullable String subType) {
        try {
            JsonNode read = Excerpt.of(new ByteArrayInputStream(page), CloudApps.PAGE, null)
                    .object();
            if (read == null || !read.path("data").isArray()) {
                return null;
            }
            CloudApps.Listed listed = CloudApps.listed(read, subType);
            boolean more = listed.leftOut() > 0 && listed.next() != null || subType == null && listed.isEmpty();
            return more ? null : JSON.writeValueAsString(new Page<>(listed.apps(), listed.next()));
        } catch (IllegalArgumentException | JacksonException refused) {
            return null;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Pages of items, of which one member in so many is not as it should be. */
    private static final class RandomPage {

        private final Random random;
        private final int oddity;
        private final RandomJson json;

        private RandomPage(Random random, int oddity) {
            this.random = random;
            this.oddity = oddity;
            this.json = new RandomJson(random, List.of("links", "data", "id", "href", "name"), TEXTS);
        }

        private String make() {
            List<String> items = new ArrayList<>();
            for (int count = random.nextInt(6); count > 0; count--) {
                items.add(isOdd() ? json.value(1) : item());
            }
            List<String> members = new ArrayList<>();
            members.add("\"data\":" + (isOdd() ? json.value(1) : "[" + String.join(",", items) + "]"));
            members.add(LINKS.get(random.nextInt(oddity == 0 ? 4 : LINKS.size())));
            if (random.nextInt(3) == 0) {
                members.add("\"more\":" + plain(json.value(3)));
            }
            if (isOdd()) {
                members.add(members.getFirst());
            }
            Collections.shuffle(members, random);
            return "{" + String.join(random.nextInt(5) == 0 ? " ,\n" : ",", members) + "}";
        }

        private String item() {
            List<String> members = new ArrayList<>();
            for (String name : MEMBERS) {
                if (name.equals("resourceId") || random.nextInt(4) > 0) {
                    members.add((isOdd() ? json.quoted(name) : "\"" + name + "\"") + ":" + value(name));
                }
            }
            for (int count = random.nextInt(4); count > 0; count--) {
                members.add("\"more" + count + "\":" + plain(json.value(3)));
            }
            if (isOdd()) {
                members.add(members.get(random.nextInt(members.size())));
            }
            Collections.shuffle(members, random);
            return "{" + String.join(",", members) + "}";
        }

        private String value(String name) {
            if (isOdd()) {
                return json.value(2);
            }
            if (random.nextInt(8) == 0 && !name.equals("resourceId")) {
                return "null";
            }
            if (name.endsWith("At") || name.endsWith("Time")) {
                return "\"" + INSTANTS.get(random.nextInt(INSTANTS.size())) + "\"";
            }
            if (name.equals("resourceSubType")) {
                return "\"" + SUB_TYPES.get(random.nextInt(3) == 0 ? random.nextInt(SUB_TYPES.size()) : 0) + "\"";
            }
            return random.nextBoolean() ? json.quoted(TEXTS.get(random.nextInt(TEXTS.size()))) : plain(json.text());
        }

        /** Without halves of surrogate pairs, and without escaped names, for which it would be declined. */
        private String plain(String value) {
            return oddity == 0 && value.contains("\\") ? "\"\\t\\u00e4\"" : value;
        }

        private boolean isOdd() {
            return oddity > 0 && random.nextInt(oddity * 10) == 0;
        }
    }

    private static String page(int items, String links) {
        List<String> all = new ArrayList<>();
        for (int number = 0; number < items; number++) {
            all.add("""
                    {"id":"6650000000000000000%05d","name":"Sales report %d","description":"Of region %d","resourceType":"app",\
                    "resourceId":"11111111-2222-4333-8444-%012d","spaceId":"665000000000000000000abc",\
                    "ownerId":"64ef0000000000000000000a","tenantId":"tEnAnT0000000000000000000000000",\
                    "createdAt":"2026-01-02T03:04:05Z","updatedAt":"2026-04-01T00:00:00.000Z","resourceSize":{"appFile":1048576},\
                    "isFavorited":false,"collectionIds":[],"resourceAttributes":{},"meta":{"tags":[]},\
                    "links":{"self":{"href":"https://a.example/api/v1/items/%d"}}}""".formatted(number, number, number, number, number));
        }
        return "{\"data\":[" + String.join(",", all) + "]," + links + "}";
    }

    private static byte[] bytes(String text) {
        return RandomJson.bytes(text);
    }

    /** The application's, with the settings of the application. */
    private static JsonMapper mapper() {
        List<JsonMapper> mapper = new ArrayList<>();
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                .run(context -> mapper.add(context.getBean(JsonMapper.class)));
        return mapper.getFirst();
    }
}
