package io.qlikbridge.qliksense;

import io.qlikbridge.problem.BridgeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place of an app in an ordered list.
 *
 * @param key what the list is ordered by, as a text that orders alike
 * @param id of the app, for those of one key
 */
record AppPlace(String key, String id) {

    private static final String VERSION = "1";
    private static final int PARTS = 4;

    /** The cursor of what follows it in the order. */
    String cursor(AppOrder order) {
        String text = String.join("\n", VERSION, order.sort(), key, id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws BridgeException {@code invalid-request}, unless it is a cursor of this order */
    static AppPlace read(String cursor, AppOrder order) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", -1);
            if (parts.length == PARTS && parts[0].equals(VERSION) && parts[1].equals(order.sort())) {
                return new AppPlace(parts[2], parts[3]);
            }
        } catch (IllegalArgumentException notBase64) {
            throw another();
        }
        throw another();
    }

    private static BridgeException another() {
        return BridgeException.invalid("after", "is not \"next\" of a page of this very list");
    }
}
