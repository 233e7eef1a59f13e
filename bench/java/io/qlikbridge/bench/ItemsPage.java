package io.qlikbridge.bench;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A page of 20 items as a Qlik Cloud tenant writes it, of 17 KB. */
public final class ItemsPage {

    static final int ITEMS = 20;
    static final int BYTES = 17 * 1024;

    private static final String WORDS = "Turnover, margin and open orders by region, month and product line. ";

    private ItemsPage() {}

    /** @param host that the links name */
    public static byte[] of(String host) {
        int missing = BYTES - page(host, 0, 0).length;
        return page(host, missing / ITEMS, missing % ITEMS);
    }

    /**
     * @param each so many characters more for each description
     * @param last and so many for the last one
     */
    private static byte[] page(String host, int each, int last) {
        String items = IntStream.range(0, ITEMS)
                .mapToObj(number -> item(host, number, each + (number == ITEMS - 1 ? last : 0)))
                .collect(Collectors.joining(","));
        return """
                {"data":[%s],"links":{"self":{"href":"%s/api/v1/items?limit=20&resourceType=app"},\
                "next":{"href":"%s/api/v1/items?limit=20&next=bmV4dA&resourceType=app"}}}""".formatted(items, host, host).getBytes(StandardCharsets.UTF_8);
    }

    private static String item(String host, int number, int more) {
        String id = "6650000000000000000%05d".formatted(number);
        return """
                {"id":"%s","name":"Sales report %d","description":"%s","resourceType":"app",\
                "resourceId":"11111111-2222-4333-8444-%012d","spaceId":"665000000000000000000abc",\
                "ownerId":"64ef0000000000000000000a","creatorId":"64ef0000000000000000000a","updaterId":"64ef0000000000000000000b",\
                "tenantId":"tEnAnT0000000000000000000000000","createdAt":"2026-01-02T03:04:05Z","updatedAt":"2026-04-01T00:00:00Z",\
                "resourceCreatedAt":"2026-01-02T03:04:05Z","resourceUpdatedAt":"2026-04-01T00:00:00Z",\
                "isFavorited":false,"actions":["read"],"collectionIds":[],"resourceAttributes":{},"resourceCustomAttributes":{},\
                "meta":{"isFavorited":false,"actions":["read"],"tags":[],"collections":[]},\
                "links":{"self":{"href":"%s/api/v1/items/%s"}}}""".formatted(id, number, description(more), number, host, id);
    }

    private static String description(int characters) {
        return WORDS.repeat(characters / WORDS.length() + 1).substring(0, characters);
    }
}
