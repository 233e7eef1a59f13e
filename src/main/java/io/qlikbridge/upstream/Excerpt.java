package io.qlikbridge.upstream;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads of a JSON document what is {@link Wanted}, as it comes: of a tenant's answer nothing else is ever held, and it is
 * bounded whatever the tenant sends.
 */
public final class Excerpt {

    /** No answer we read comes near it: a page of 100 items is some 150 KB. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    /** Of all that is kept of one document; the apps of such a page have some 50 KB. */
    static final int MOST_CHARACTERS = 512 * 1024;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DIGITS_OF_A_LONG = 18;

    /** Such a page has some 10,000 tokens, and nests six deep. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MOST_BYTES)
                    .maxTokenCount(200_000)
                    .maxNestingDepth(100)
                    .maxStringLength(32 * 1024)
                    .maxNameLength(1_024)
                    .maxNumberLength(100)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            // a table of all the names there are is another thing that a tenant could fill
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final JsonParser parser;
    private final AnswerRoom.@Nullable Share room;
    private int characters;

    private Excerpt(JsonParser parser, AnswerRoom.@Nullable Share room) {
        this.parser = parser;
        this.room = room;
    }

    /**
     * What was found, or what is wrong.
     *
     * @param object what is wanted of the document; {@code null} when it cannot be read
     * @param why the reason then, as the end of a sentence
     * @param tooMuch whether there is more of it than of anything that is worth reading
     * @param page whether it is a web page
     */
    public record Reading(@Nullable ObjectNode object, String why, boolean tooMuch, boolean page) {

        private Reading(@Nullable ObjectNode object, String why) {
            this(object, why, false, false);
        }

        /** Of HTML or XML, which need not be read to be told. */
        static Reading ofAPage() {
            return new Reading(null, "it is a web page, and not JSON", false, true);
        }
    }

    /**
     * @param room what is kept counts there
     * @throws io.qlikbridge.tenant.TenantException {@code too-busy}, when there is no room left
     * @throws IOException of the stream
     */
    public static Reading of(InputStream document, Wanted wanted, AnswerRoom.@Nullable Share room) throws IOException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Reading(
                        null,
                        parser.currentToken() == null ? "it is not JSON, or not all of it" : "it is not a JSON object");
            }
            ObjectNode object = new Excerpt(parser, room).object(wanted);
            if (object == null) {
                return new Reading(null, "it names something twice, or has more to say of it than any of Qlik's");
            }
            return parser.nextToken() == null
                    ? new Reading(object, "")
                    : new Reading(null, "it is not JSON, or not all of it");
        } catch (StreamConstraintsException tooMuch) {
            return new Reading(
                    null,
                    "it is longer than " + MOST_BYTES + " bytes, or deeper or in more pieces than any of Qlik's",
                    true,
                    false);
        } catch (JacksonIOException broken) {
            if (broken.getCause() instanceof CharConversionException) {
                return new Reading(null, "it is not JSON, or not all of it");
            }
            throw broken.getCause();
        } catch (JacksonException notJson) {
            return new Reading(null, "it is not JSON, or not all of it");
        }
    }

    /** {@code null} when a wanted name is there twice, of which another reader may take the other, or too much is kept. */
    private @Nullable ObjectNode object(Wanted wanted) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            JsonNode value = null;
            Wanted.Elements elements = wanted.lists().get(name);
            Wanted within = wanted.objects().get(name);
            if (token == JsonToken.START_ARRAY && elements != null) {
                value = list(elements);
            } else if (token == JsonToken.START_OBJECT && within != null) {
                value = object(within);
            } else if (!token.isScalarValue() || !wanted.values().contains(name)) {
                parser.skipChildren();
                continue;
            } else {
                value = scalar(token);
            }
            if (value == null || object.putIfAbsent(name, value) != null) {
                return null;
            }
        }
        return object;
    }

    private @Nullable ArrayNode list(Wanted.Elements elements) {
        ArrayNode list = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                return null;
            }
            Wanted each = elements.each();
            boolean wanted = each == null ? token.isScalarValue() : token == JsonToken.START_OBJECT;
            if (list.size() == elements.most() || !wanted) {
                parser.skipChildren();
                if (list.size() < elements.most()) {
                    list.addNull();
                }
                continue;
            }
            JsonNode element = each == null ? scalar(token) : object(each);
            if (element == null) {
                return null;
            }
            list.add(element);
        }
        return list;
    }

    private @Nullable JsonNode scalar(JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> {
                String text = parser.getString();
                characters += text.length();
                if (characters > MOST_CHARACTERS) {
                    yield null;
                }
                if (room != null) {
                    room.add(text.length());
                }
                yield token == JsonToken.VALUE_NUMBER_INT && text.length() <= DIGITS_OF_A_LONG
                        ? NODES.numberNode(Long.parseLong(text))
                        : NODES.stringNode(text);
            }
        };
    }
}
