package io.qlikbridge.qliksense;

import io.qlikbridge.received.Instants;
import io.qlikbridge.tenant.App;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Reads a repository's list of full apps (contract, section C.2), one app after the other. */
final class AppDocument {

    /** 10,000 apps have some 30 MB, with many tags and properties. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private static final long MOST_TOKENS = 10_000_000;

    /** Of what is kept of one text. */
    private static final int MOST_CHARACTERS = 4 * 1024;

    /** What the repository has in place of a time that there is not. */
    private static final Instant NEVER = Instant.parse("1754-01-01T00:00:00Z");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MOST_BYTES)
                    .maxTokenCount(MOST_TOKENS)
                    .maxNestingDepth(50)
                    .maxStringLength(1024 * 1024)
                    .maxNameLength(1_024)
                    .maxNumberLength(100)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            // a table of all the names there are is another thing that a site could fill
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final JsonParser parser;

    private AppDocument(JsonParser parser) {
        this.parser = parser;
    }

    /** It is no list of apps. */
    static final class Malformed extends Exception {

        private Malformed(String why) {
            super(why);
        }

        /** As the end of a sentence. */
        String why() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * @param each takes the apps, in the order of the list
     * @throws IOException of the stream
     */
    static void read(InputStream document, Consumer<App> each) throws IOException, Malformed {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new Malformed("it is not a list");
            }
            AppDocument apps = new AppDocument(parser);
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token != JsonToken.START_OBJECT) {
                    throw new Malformed("its list holds something else than apps");
                }
                App app = apps.app();
                if (app != null) {
                    each.accept(app);
                }
            }
            if (parser.nextToken() != null) {
                throw new Malformed("something stands behind its list");
            }
        } catch (JacksonIOException broken) {
            if (broken.getCause() instanceof CharConversionException) {
                throw new Malformed("it is not JSON, or not all of it");
            }
            throw broken.getCause();
        } catch (JacksonException notJson) {
            throw new Malformed("it is not JSON, not all of it, or more of it than any site's");
        }
    }

    /** {@code null} for one without an id, which nobody can open. */
    private @Nullable App app() throws Malformed {
        AppFields fields = new AppFields();
        for (String name = nextName(); name != null; name = nextName()) {
            switch (name) {
                case "id" -> fields.id = once(fields.id, text());
                case "name" -> fields.name = once(fields.name, text());
                case "description" -> fields.description = once(fields.description, text());
                case "createdDate" -> fields.created = once(fields.created, text());
                case "modifiedDate" -> fields.modified = once(fields.modified, text());
                case "lastReloadTime" -> fields.reloaded = once(fields.reloaded, text());
                case "stream" -> fields.stream = once(fields.stream, idWithin());
                case "owner" -> fields.owner = once(fields.owner, idWithin());
                default -> parser.skipChildren();
            }
        }
        return fields.app();
    }

    /** The next member's, at whose value the parser is then; {@code null} at the end of the object. */
    private @Nullable String nextName() throws Malformed {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_OBJECT) {
            return null;
        }
        if (token != JsonToken.PROPERTY_NAME) {
            throw new Malformed("it is not all there");
        }
        String name = parser.currentName();
        parser.nextToken();
        return name;
    }

    private @Nullable String text() {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return null;
        }
        String text = parser.getString();
        return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
    }

    private @Nullable String idWithin() throws Malformed {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        String id = null;
        for (String name = nextName(); name != null; name = nextName()) {
            if (name.equals("id")) {
                id = once(id, text());
            } else {
                parser.skipChildren();
            }
        }
        return id;
    }

    /** Of two members of one name another reader may take the other. */
    private static @Nullable String once(@Nullable String before, @Nullable String value) throws Malformed {
        if (before != null) {
            throw new Malformed("it names something twice");
        }
        return value;
    }

    /** What was found of one app so far. */
    private static final class AppFields {

        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String description;
        private @Nullable String created;
        private @Nullable String modified;
        private @Nullable String reloaded;
        private @Nullable String stream;
        private @Nullable String owner;

        private @Nullable App app() {
            return id == null || id.isEmpty()
                    ? null
                    : new App(
                            id,
                            null,
                            name == null ? "" : name,
                            description == null ? "" : description,
                            stream,
                            owner,
                            null,
                            instant(created),
                            instant(modified),
                            instant(reloaded),
                            null,
                            null);
        }

        private static @Nullable Instant instant(@Nullable String text) {
            Instant instant = text == null ? null : Instants.parse(text);
            return instant == null || instant.isBefore(NEVER) ? null : instant;
        }
    }
}
