package io.qlikbridge.paging;

import io.qlikbridge.problem.BridgeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a keyset-paged list a caller asks for; bound from the query parameters of the same names.
 *
 * @param limit 1 to 200 items, 50 unless said
 * @param after {@code next} of the page before
 */
public record PageQuery(@Nullable Integer limit, @Nullable String after) {

    private static final int DEFAULT = 50;
    private static final int MOST = 200;

    /** How many items to answer with; {@code invalid-request} outside 1 to 200. */
    public int size() {
        if (limit == null) {
            return DEFAULT;
        }
        if (limit < 1 || limit > MOST) {
            throw BridgeException.invalid("limit", "is 1 to " + MOST);
        }
        return limit;
    }

    /** The key of the last item the caller has, empty for none; {@code invalid-request} for what we never handed out. */
    public String key() {
        if (after == null) {
            return "";
        }
        try {
            String key = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
            if (key.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("PostgreSQL has no NUL in a text");
            }
            return key;
        } catch (IllegalArgumentException notOurs) {
            throw BridgeException.invalid("after", "is not a cursor of this list; send \"next\" of the page before");
        }
    }

    /**
     * Cuts a page from what was found.
     *
     * @param found one item more than {@link #size()} where there are more
     * @param key tells an item's place in the list
     */
    public <T> Page<T> page(List<T> found, Function<T, String> key) {
        if (found.size() <= size()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, size());
        String last = key.apply(items.getLast());
        return new Page<>(
                items, Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    }
}
