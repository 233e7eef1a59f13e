package io.qlikbridge.received;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** The cursor in a page's link to the next one. The link is not followed itself: it may lead to another host. */
public final class NextPage {

    private NextPage() {}

    /**
     * @param href the link
     * @param parameter the query parameter whose value is the cursor
     * @return {@code null} where the link has none
     * @throws IllegalArgumentException of a malformed link
     */
    public static @Nullable String cursor(String href, String parameter) {
        String cursor = UriComponentsBuilder.fromUriString(href.replaceFirst("^[^?]*", ""))
                .build()
                .getQueryParams()
                .getFirst(parameter);
        return cursor == null || cursor.isEmpty() ? null : UriUtils.decode(cursor, StandardCharsets.UTF_8);
    }
}
