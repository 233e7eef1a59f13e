package io.qlikbridge.vault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is kept, and whom and what it is for. What was sealed for one place opens for no other.
 *
 * @param row names table and row, such as {@code lease/0198…}; not those of another table
 * @param bound what else of the row the secret belongs to, in an order that never changes
 */
public record Place(String row, List<@Nullable String> bound) {

    /** Begins what seals are bound to in no earlier form: there it is a text, which begins with a letter. */
    private static final byte DOMAIN = 2;

    private static final int ABSENT = -1;

    public Place {
        // not List.copyOf, which takes no null
        bound = Collections.<@Nullable String>unmodifiableList(new ArrayList<@Nullable String>(bound));
    }

    /** A place that nothing else belongs to. */
    static Place of(String row) {
        return new Place(row, List.of());
    }

    /** GCM's associated data; of two places it is never the same. */
    byte[] data(int form) {
        if (form == Sealed.TO_ITS_ROW) {
            return row.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(DOMAIN);
        append(row, data);
        bound.forEach(part -> append(part, data));
        return data.toByteArray();
    }

    private static void append(@Nullable String part, ByteArrayOutputStream data) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        data.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? ABSENT : bytes.length)
                .array());
        data.writeBytes(bytes);
    }

    @Override
    public String toString() {
        return row;
    }
}
