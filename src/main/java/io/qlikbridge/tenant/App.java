package io.qlikbridge.tenant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An app as its user sees it in a list.
 *
 * @param id the app's own id, by which it is opened
 * @param itemId the id of its entry in the tenant's catalogue, another value
 * @param spaceId {@code null} for the owner's personal space
 * @param subType what it is if it is no ordinary app, in the tenant's word, such as {@code dataflow-prep}
 * @param reloadedAt when its data was last loaded
 * @param reloadStatus how the last load ended, in the tenant's word
 */
public record App(
        String id,
        @Nullable String itemId,
        String name,
        String description,
        @Nullable String spaceId,
        @Nullable String ownerId,
        @Nullable String subType,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant reloadedAt,
        @Nullable String reloadStatus,
        @Nullable String thumbnailId) {}
