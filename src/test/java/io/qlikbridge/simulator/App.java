package io.qlikbridge.simulator;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something in the catalog of a tenant, an app unless another resource type is given.
 *
 * @param itemId the catalog's id, which is not the app's
 * @param resourceId the app's own id
 * @param subType nothing for an ordinary one
 * @param spaceId where it lies; nothing for the user's personal space
 * @param ownerId the Qlik user id of its owner; nothing for whoever lists it
 * @param updatedAt also counts as the time of last use
 */
public record App(
        String itemId,
        String resourceId,
        String resourceType,
        @Nullable String subType,
        String name,
        @Nullable String description,
        @Nullable String spaceId,
        @Nullable String ownerId,
        Instant createdAt,
        Instant updatedAt) {

    private static final Instant MADE = Instant.parse("2026-01-02T03:04:05Z");

    /** A personal app with fresh ids. */
    public static App of(String name) {
        return new App(
                RandomText.objectId(), UUID.randomUUID().toString(), "app", null, name, null, null, null, MADE, MADE);
    }

    public App inSpace(String id) {
        return new App(itemId, resourceId, resourceType, subType, name, description, id, ownerId, createdAt, updatedAt);
    }

    public App described(String text) {
        return new App(itemId, resourceId, resourceType, subType, name, text, spaceId, ownerId, createdAt, updatedAt);
    }

    public App ownedBy(String userId) {
        return new App(
                itemId, resourceId, resourceType, subType, name, description, spaceId, userId, createdAt, updatedAt);
    }

    /** The same as another kind of thing, such as {@code note}. */
    public App asType(String type) {
        return new App(itemId, resourceId, type, subType, name, description, spaceId, ownerId, createdAt, updatedAt);
    }

    /** The same as a special kind of its resource type, such as {@code dataflow-prep}. */
    public App asSubType(String kind) {
        return new App(
                itemId, resourceId, resourceType, kind, name, description, spaceId, ownerId, createdAt, updatedAt);
    }

    public App dated(Instant created, Instant updated) {
        return new App(
                itemId, resourceId, resourceType, subType, name, description, spaceId, ownerId, created, updated);
    }
}
