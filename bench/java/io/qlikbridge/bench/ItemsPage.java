package io.qlikbridge.bench;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A page of 20 items as a Qlik Cloud tenant writes it, of 12 KB. */
public final class ItemsPage {

    static final int ITEMS = 20;
    static final int BYTES = 12 * 1024;

    private ItemsPage() {}

    /** @param host that the links name */
    public static byte[] of(String host) {
        byte[] bare = page(host, "");
        return page(host, "x".repeat(BYTES - bare.length));
    }

    /** @param filler makes the last description as long as the page is to be */
    private static byte[] page(String host, String filler) {
        String items = IntStream.range(0, ITEMS)
                .mapToObj(number -> item(host, number, number == ITEMS - 1 ? filler : ""))
                .collect(Collectors.joining(","));
        return """
                {"data":[%s],"links":{"self":{"href":"%s/api/v1/items?limit=20&resourceType=app"},\
                "next":{"href":"%s/api/v1/items?limit=20&next=bmV4dA&resourceType=app"}}}""".formatted(items, host, host).getBytes(StandardCharsets.UTF_8);
    }

    private static String item(String host, int number, String filler) {
        String id = "6650000000000000000%05d".formatted(number);
        return """
                {"id":"%s","name":"Sales report %d","description":"Of region %d%s","resourceType":"app",\
                "resourceId":"11111111-2222-4333-8444-%012d","spaceId":"665000000000000000000abc",\
                "ownerId":"64ef0000000000000000000a","tenantId":"tEnAnT0000000000000000000000000",\
                "createdAt":"2026-01-02T03:04:05Z","updatedAt":"2026-04-01T00:00:00Z","resourceUpdatedAt":"2026-04-01T00:00:00Z",\
                "isFavorited":false,"collectionIds":[],"resourceAttributes":{},"meta":{"tags":[]},\
                "links":{"self":{"href":"%s/api/v1/items/%s"}}}""".formatted(id, number, number, filler, number, host, id);
    }
}
