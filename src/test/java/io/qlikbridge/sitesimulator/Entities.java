package io.qlikbridge.sitesimulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Apps and streams as the repository shows them, whole; its short form has fewer of their members. */
final class Entities {

    private static final DateTimeFormatter INSTANTS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** What stands where something has never happened. */
    private static final String NEVER = "1753-01-01T00:00:00.000Z";

    private static final Set<String> SHORT_APP = Set.of(
            "id",
            "name",
            "appId",
            "publishTime",
            "published",
            "stream",
            "savedInProductVersion",
            "migrationHash",
            "availabilityStatus",
            "privileges");
    private static final Set<String> SHORT_STREAM = Set.of("id", "name", "privileges");

    private Entities() {}

    static Map<String, @Nullable Object> app(SiteApp app, SiteUser viewer, boolean privileges) {
        SiteStream stream = app.stream();
        SiteUser owner = app.owner() == null ? viewer : app.owner();
        Instant reloaded = app.reloadedAt();
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("id", app.id());
        whole.put("createdDate", INSTANTS.format(app.createdAt()));
        whole.put("modifiedDate", INSTANTS.format(app.modifiedAt()));
        whole.put("modifiedByUserName", owner.toString());
        whole.put("customProperties", List.of());
        whole.put("owner", user(owner));
        whole.put("name", app.name());
        whole.put("appId", "");
        whole.put("sourceAppId", "00000000-0000-0000-0000-000000000000");
        whole.put("targetAppId", "00000000-0000-0000-0000-000000000000");
        whole.put("publishTime", stream == null ? NEVER : INSTANTS.format(app.modifiedAt()));
        whole.put("published", stream != null);
        whole.put(
                "tags",
                app.tags().stream().map(tag -> named(id("tag " + tag), tag)).toList());
        whole.put("description", app.description());
        whole.put("stream", stream == null ? null : named(stream.id(), stream.name()));
        whole.put("fileSize", app.fileSize());
        whole.put("lastReloadTime", reloaded == null ? NEVER : INSTANTS.format(reloaded));
        whole.put("thumbnail", "");
        whole.put("savedInProductVersion", "12.1940.0");
        whole.put("migrationHash", "e1ba8bdf7ea3c0a6d25c2d3fb9d1d4a2a3fd4cbb");
        whole.put("dynamicColor", "");
        whole.put("availabilityStatus", app.inHub() ? 1 : 3);
        whole.put("privileges", privileges ? List.of("read") : null);
        whole.put("schemaPath", "App");
        return whole;
    }

    static Map<String, @Nullable Object> stream(SiteStream stream, boolean privileges) {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("id", stream.id());
        whole.put("createdDate", "2026-01-01T00:00:00.000Z");
        whole.put("modifiedDate", "2026-01-01T00:00:00.000Z");
        whole.put("modifiedByUserName", "INTERNAL\\sa_repository");
        whole.put("customProperties", List.of());
        whole.put("owner", user(new SiteUser("INTERNAL", "sa_repository")));
        whole.put("name", stream.name());
        whole.put("tags", List.of());
        whole.put("privileges", privileges ? List.of("read") : null);
        whole.put("schemaPath", "Stream");
        return whole;
    }

    static Map<String, @Nullable Object> shortApp(Map<String, @Nullable Object> whole) {
        return only(whole, SHORT_APP);
    }

    static Map<String, @Nullable Object> shortStream(Map<String, @Nullable Object> whole) {
        return only(whole, SHORT_STREAM);
    }

    private static Map<String, @Nullable Object> only(Map<String, @Nullable Object> whole, Set<String> names) {
        Map<String, @Nullable Object> part = new LinkedHashMap<>(whole);
        part.keySet().retainAll(names);
        return part;
    }

    private static Map<String, @Nullable Object> user(SiteUser user) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", id("user " + user));
        shown.put("userId", user.id());
        shown.put("userDirectory", user.directory());
        shown.put("name", user.id());
        shown.put("privileges", null);
        return shown;
    }

    private static Map<String, @Nullable Object> named(String id, String name) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", id);
        shown.put("name", name);
        shown.put("privileges", null);
        return shown;
    }

    private static String id(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
