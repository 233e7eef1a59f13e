package io.qlikbridge.sitesimulator;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An app of a site.
 *
 * @param stream nothing while it is not published
 * @param reloadedAt nothing while it never was
 * @param owner nothing: whoever sees it
 * @param inHub whether those who may read it can open it in the hub as well, which decides whether it is in the hub's list
 */
public record SiteApp(
        String id,
        String name,
        String description,
        @Nullable SiteStream stream,
        Instant createdAt,
        Instant modifiedAt,
        @Nullable Instant reloadedAt,
        @Nullable SiteUser owner,
        long fileSize,
        List<String> tags,
        boolean inHub) {

    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678Z");

    /** Not published, with an id of its own. */
    public static SiteApp of(String name) {
        return new SiteApp(
                UUID.randomUUID().toString(),
                name,
                "",
                null,
                CREATED,
                CREATED,
                CREATED,
                null,
                1_048_576,
                List.of(),
                true);
    }

    /** So many apps in one stream, {@code App 00001} and on. */
    public static List<SiteApp> many(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> of("App %05d".formatted(number)).inStream("Everyone"))
                .toList();
    }

    public SiteApp withId(String other) {
        return new SiteApp(
                other, name, description, stream, createdAt, modifiedAt, reloadedAt, owner, fileSize, tags, inHub);
    }

    public SiteApp describedAs(String text) {
        return new SiteApp(id, name, text, stream, createdAt, modifiedAt, reloadedAt, owner, fileSize, tags, inHub);
    }

    public SiteApp inStream(String other) {
        return new SiteApp(
                id,
                name,
                description,
                SiteStream.of(other),
                createdAt,
                modifiedAt,
                reloadedAt,
                owner,
                fileSize,
                tags,
                inHub);
    }

    public SiteApp createdAt(Instant at) {
        return new SiteApp(id, name, description, stream, at, modifiedAt, reloadedAt, owner, fileSize, tags, inHub);
    }

    public SiteApp modifiedAt(Instant at) {
        return new SiteApp(id, name, description, stream, createdAt, at, reloadedAt, owner, fileSize, tags, inHub);
    }

    public SiteApp reloadedAt(Instant at) {
        return new SiteApp(id, name, description, stream, createdAt, modifiedAt, at, owner, fileSize, tags, inHub);
    }

    public SiteApp neverReloaded() {
        return new SiteApp(id, name, description, stream, createdAt, modifiedAt, null, owner, fileSize, tags, inHub);
    }

    /** @param user such as {@code LAB\ada} */
    public SiteApp ownedBy(String user) {
        return new SiteApp(
                id,
                name,
                description,
                stream,
                createdAt,
                modifiedAt,
                reloadedAt,
                SiteUser.of(user),
                fileSize,
                tags,
                inHub);
    }

    public SiteApp tagged(String... names) {
        return new SiteApp(
                id,
                name,
                description,
                stream,
                createdAt,
                modifiedAt,
                reloadedAt,
                owner,
                fileSize,
                List.of(names),
                inHub);
    }

    /** May be read, as an admin reads it, and is not in the hub. */
    public SiteApp outsideTheHub() {
        return new SiteApp(
                id, name, description, stream, createdAt, modifiedAt, reloadedAt, owner, fileSize, tags, false);
    }
}
