package io.qlikbridge.sitesimulator;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The repository service's calls, as whom they are made for may make them. */
final class Repository {

    private static final Pattern ONE_APP = Pattern.compile("/qrs/app/([0-9A-Fa-f-]{36})(/hubinfo)?");
    private static final ObjectWriter ENTITIES = JsonMapper.shared()
            .writer()
            .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);

    private final SiteCatalog catalog;
    private final SiteSettings settings;

    Repository(SiteCatalog catalog, SiteSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    /** @param path from {@code /qrs} on, without the prefix of a virtual proxy */
    SiteAnswer answer(SiteCall call, String path, SiteUser user) {
        if (!catalog.knows(user) || catalog.isDisabled(user)) {
            throw SiteRefusal.of(settings.unknownUserStatus, settings.unknownUserStatus == 403 ? "Forbidden" : "");
        }
        if (!call.method().equals("GET")) {
            throw SiteRefusal.of(403, "Forbidden");
        }
        requireValues(call);
        return switch (path.toLowerCase(Locale.ROOT)) {
            case "/qrs/about" -> about();
            case "/qrs/app" -> list(call, apps(call, user, false), Entities::shortApp);
            case "/qrs/app/full" -> list(call, apps(call, user, false), UnaryOperator.identity());
            case "/qrs/app/hublist" -> list(call, apps(call, user, true), Entities::shortApp);
            case "/qrs/app/hublist/full" -> list(call, apps(call, user, true), UnaryOperator.identity());
            case "/qrs/app/count" ->
                SiteAnswer.json(
                        Map.of("value", filtered(call, apps(call, user, false)).count()));
            case "/qrs/stream" -> list(call, streams(call, user), Entities::shortStream);
            case "/qrs/stream/full" -> list(call, streams(call, user), UnaryOperator.identity());
            default -> oneApp(call, path, user);
        };
    }

    private SiteAnswer about() {
        return SiteAnswer.json(Map.of(
                "buildVersion",
                settings.buildVersion,
                // of the server's own locale, and no date that anybody could read
                "buildDate",
                "4/12/2024 18:12:20 PM",
                "databaseProvider",
                "Devart.Data.PostgreSql",
                "nodeType",
                1,
                "sharedPersistence",
                true,
                "requiresBootstrap",
                false,
                "singleNodeOnly",
                false,
                "schemaPath",
                "About"));
    }

    private SiteAnswer oneApp(SiteCall call, String path, SiteUser user) {
        Matcher named = ONE_APP.matcher(path);
        if (!named.matches()) {
            throw SiteRefusal.of(404, "");
        }
        SiteApp app = catalog.appOf(user, named.group(1))
                .orElseThrow(() -> catalog.hasApp(named.group(1)) && settings.foreignAppStatus == 403
                        ? SiteRefusal.of(403, "Forbidden")
                        : SiteRefusal.of(404, ""));
        return SiteAnswer.json(Entities.app(app, user, wantsPrivileges(call)));
    }

    private Stream<Map<String, @Nullable Object>> apps(SiteCall call, SiteUser user, boolean inHub) {
        boolean privileges = wantsPrivileges(call);
        return catalog.appsOf(user).stream()
                .filter(app -> app.inHub() || !inHub)
                .map(app -> Entities.app(app, user, privileges));
    }

    private Stream<Map<String, @Nullable Object>> streams(SiteCall call, SiteUser user) {
        boolean privileges = wantsPrivileges(call);
        return catalog.streamsOf(user).stream().map(stream -> Entities.stream(stream, privileges));
    }

    /** One entity after the other, so that ten thousand of them need no memory. */
    private SiteAnswer list(
            SiteCall call,
            Stream<Map<String, @Nullable Object>> all,
            UnaryOperator<Map<String, @Nullable Object>> shown) {
        List<Map<String, @Nullable Object>> chosen =
                part(call, filtered(call, all)).toList();
        return SiteAnswer.chunked(SiteAnswer.JSON, out -> {
            try (SequenceWriter writer = ENTITIES.writeValuesAsArray(out)) {
                for (Map<String, @Nullable Object> entity : chosen) {
                    writer.write(shown.apply(entity));
                }
            } catch (JacksonIOException gone) {
                throw gone.getCause();
            }
        });
    }

    private Stream<Map<String, @Nullable Object>> filtered(SiteCall call, Stream<Map<String, @Nullable Object>> all) {
        return settings.queriesIgnored
                ? all
                : call.parameter("filter")
                        .map(filter -> all.filter(EntityFilter.parse(filter)))
                        .orElse(all);
    }

    private Stream<Map<String, @Nullable Object>> part(SiteCall call, Stream<Map<String, @Nullable Object>> all) {
        if (settings.queriesIgnored) {
            return all;
        }
        Stream<Map<String, @Nullable Object>> sorted =
                call.parameter("orderby").map(order -> all.sorted(by(order))).orElse(all);
        return sorted.skip(number(call, "skip", 0)).limit(number(call, "take", Integer.MAX_VALUE));
    }

    private static Comparator<Map<String, @Nullable Object>> by(String order) {
        String[] parts = order.strip().split("\\s+");
        Comparator<Map<String, @Nullable Object>> byMember =
                Comparator.comparing(entity -> String.valueOf(entity.get(parts[0])));
        return parts.length > 1 && parts[1].equalsIgnoreCase("desc") ? byMember.reversed() : byMember;
    }

    private static int number(SiteCall call, String name, int otherwise) {
        String value = call.parameter(name).orElse(String.valueOf(otherwise));
        if (!value.matches("\\d{1,10}")) {
            throw SiteRefusal.of(400, "Cannot parse the expression: " + value);
        }
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(value));
    }

    private static boolean wantsPrivileges(SiteCall call) {
        return call.parameter("privileges").filter("true"::equalsIgnoreCase).isPresent();
    }

    /** What an ampersand in a filter comes to that nobody has escaped. */
    private static void requireValues(SiteCall call) {
        for (String pair : call.query().split("&")) {
            if (!pair.contains("=")) {
                throw SiteRefusal.of(400, "Missing parameter value(s)");
            }
        }
    }
}
