package io.qlikbridge.qlikcloud;

import io.qlikbridge.received.CopiedJson;
import io.qlikbridge.received.Instants;
import io.qlikbridge.received.JsonCursor;
import io.qlikbridge.received.JsonMembers;
import io.qlikbridge.tenant.AppQuery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The app list as JSON, made of a page of items in one pass over its bytes. It is the very JSON that {@link CloudApps} and the
 * application's mapper make of the page, or there is none: a page that is not written as nearly all are, or of which {@code
 * CloudApps} would not make a list as it is, is declined. That is never wrong, only slower. Not for use by several threads.
 */
final class AppScan {

    /** Nothing so long has more tokens, or more to keep of it, than is read in the other way: each has a byte. */
    static final int MOST_BYTES = 200_000;

    private static final byte[] DATA = ascii("data");
    private static final byte[] LINKS = ascii("links");
    private static final byte[] NEXT = ascii("next");

    private static final byte[] BEGINNING = ascii("{\"items\":[");
    private static final byte[] NEXT_APP = ascii(",");
    private static final byte[] APP_END = ascii("}");
    private static final byte[] ITEMS_END = ascii("],\"next\":");
    private static final byte[] NULL = ascii("null");
    private static final byte[] EMPTY = ascii("\"\"");

    private enum Member {
        RESOURCE_ID("resourceId"),
        ID("id"),
        NAME("name"),
        DESCRIPTION("description"),
        SPACE_ID("spaceId"),
        OWNER_ID("ownerId"),
        RESOURCE_SUB_TYPE("resourceSubType"),
        RESOURCE_CREATED_AT("resourceCreatedAt"),
        CREATED_AT("createdAt"),
        RESOURCE_UPDATED_AT("resourceUpdatedAt"),
        UPDATED_AT("updatedAt"),
        RESOURCE_RELOAD_END_TIME("resourceReloadEndTime"),
        RESOURCE_RELOAD_STATUS("resourceReloadStatus"),
        THUMBNAIL_ID("thumbnailId");

        private static final JsonMembers.Names NAMES = new JsonMembers.Names(
                Arrays.stream(values()).map(member -> member.name).toList());

        private final String name;

        Member(String name) {
            this.name = name;
        }
    }

    private static final JsonMembers.Names HREF = new JsonMembers.Names(List.of("href"));

    private final JsonCursor cursor;
    private final @Nullable String subType;
    private final JsonMembers item;
    private final JsonMembers link;
    private final CopiedJson json;

    private int items;
    private int apps;
    private boolean listed;
    private boolean linked;
    private @Nullable String next;

    private AppScan(byte[] body, int from, int to, @Nullable String subType) {
        this.cursor = new JsonCursor(body, from, to);
        this.subType = subType;
        this.item = new JsonMembers(Member.NAMES, body);
        this.link = new JsonMembers(HREF, body);
        this.json = new CopiedJson(to - from);
    }

    /**
     * The list that a tenant's page makes.
     *
     * @param body which holds the whole page, from {@code from} to {@code to}
     * @param subType as in the query
     * @return {@code null} for a page that {@link CloudApps} has to read
     */
    static @Nullable CopiedJson list(byte[] body, int from, int to, @Nullable String subType) {
        if (to - from > MOST_BYTES) {
            return null;
        }
        try {
            return new AppScan(body, from, to, subType).list();
        } catch (JsonCursor.Unplain unplain) {
            return null;
        }
    }

    private CopiedJson list() {
        json.add(BEGINNING);
        for (boolean more = cursor.firstMember(); more; more = cursor.nextMember()) {
            if (cursor.is(DATA)) {
                listed = once(listed);
                readItems();
            } else if (cursor.is(LINKS)) {
                linked = once(linked);
                readLinks();
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
        boolean filledUp = apps < items && next != null;
        boolean askedAgain = items == 0 && next == null && subType == null;
        if (!listed || filledUp || askedAgain) {
            throw JsonCursor.unplain();
        }
        json.add(ITEMS_END);
        writeNext();
        json.add(APP_END);
        return json;
    }

    /** Of what is there twice another reader may take the other. */
    private static boolean once(boolean before) {
        if (before) {
            throw JsonCursor.unplain();
        }
        return true;
    }

    private void readItems() {
        for (boolean more = cursor.firstElement(); more; more = cursor.nextElement()) {
            items++;
            if (items > CloudApps.MOST_ITEMS) {
                throw JsonCursor.unplain();
            }
            item.read(cursor);
            // without the app's own id there is nothing to open
            if (has(Member.RESOURCE_ID) && isAsked()) {
                if (apps > 0) {
                    json.add(NEXT_APP);
                }
                apps++;
                writeApp();
            }
        }
    }

    private boolean has(Member member) {
        return item.isText(member.ordinal());
    }

    private boolean isAsked() {
        if (AppQuery.ANY_SUB_TYPE.equals(subType)) {
            return true;
        }
        int member = Member.RESOURCE_SUB_TYPE.ordinal();
        return item.isFilled(member) ? item.text(member).equals(subType) : subType == null;
    }

    private void readLinks() {
        boolean known = false;
        for (boolean more = cursor.firstMember(); more; more = cursor.nextMember()) {
            if (!cursor.is(NEXT)) {
                cursor.skip();
                continue;
            }
            known = once(known);
            if (cursor.next() == 'n') {
                cursor.nothing();
            } else {
                link.read(cursor);
                next = link.isText(0) ? cursorOf(link) : null;
            }
        }
    }

    private static @Nullable String cursorOf(JsonMembers link) {
        CopiedJson href = new CopiedJson(256);
        link.write(0, href);
        String quoted = new String(href.bytes(), 0, href.length(), StandardCharsets.UTF_8);
        if (quoted.indexOf('\\') >= 0) {
            throw JsonCursor.unplain();
        }
        try {
            return CloudApps.cursor(quoted.substring(1, quoted.length() - 1));
        } catch (IllegalArgumentException malformed) {
            throw JsonCursor.unplain();
        }
    }

    private void writeApp() {
        write(Written.ID, Member.RESOURCE_ID, NULL);
        write(Written.ITEM_ID, Member.ID, NULL);
        write(Written.NAME, Member.NAME, EMPTY);
        write(Written.DESCRIPTION, Member.DESCRIPTION, EMPTY);
        write(Written.SPACE_ID, Member.SPACE_ID, NULL);
        write(Written.OWNER_ID, Member.OWNER_ID, NULL);
        json.add(Written.SUB_TYPE);
        if (item.isFilled(Member.RESOURCE_SUB_TYPE.ordinal())) {
            item.write(Member.RESOURCE_SUB_TYPE.ordinal(), json);
        } else {
            json.add(NULL);
        }
        writeInstant(Written.CREATED_AT, Member.RESOURCE_CREATED_AT, Member.CREATED_AT);
        writeInstant(Written.UPDATED_AT, Member.RESOURCE_UPDATED_AT, Member.UPDATED_AT);
        writeInstant(Written.RELOADED_AT, Member.RESOURCE_RELOAD_END_TIME, Member.RESOURCE_RELOAD_END_TIME);
        write(Written.RELOAD_STATUS, Member.RESOURCE_RELOAD_STATUS, NULL);
        write(Written.THUMBNAIL_ID, Member.THUMBNAIL_ID, NULL);
        json.add(APP_END);
    }

    /** What is written before each value of an app. */
    private static final class Written {

        private static final byte[] ID = ascii("{\"id\":");
        private static final byte[] ITEM_ID = ascii(",\"itemId\":");
        private static final byte[] NAME = ascii(",\"name\":");
        private static final byte[] DESCRIPTION = ascii(",\"description\":");
        private static final byte[] SPACE_ID = ascii(",\"spaceId\":");
        private static final byte[] OWNER_ID = ascii(",\"ownerId\":");
        private static final byte[] SUB_TYPE = ascii(",\"subType\":");
        private static final byte[] CREATED_AT = ascii(",\"createdAt\":");
        private static final byte[] UPDATED_AT = ascii(",\"updatedAt\":");
        private static final byte[] RELOADED_AT = ascii(",\"reloadedAt\":");
        private static final byte[] RELOAD_STATUS = ascii(",\"reloadStatus\":");
        private static final byte[] THUMBNAIL_ID = ascii(",\"thumbnailId\":");
    }

    private void write(byte[] name, Member member, byte[] otherwise) {
        json.add(name);
        if (has(member)) {
            item.write(member.ordinal(), json);
        } else {
            json.add(otherwise);
        }
    }

    private void writeInstant(byte[] name, Member first, Member second) {
        json.add(name);
        Member member = has(first) ? first : second;
        if (has(member) && item.isPrintedInstant(member.ordinal())) {
            item.write(member.ordinal(), json);
            return;
        }
        Instant instant = has(member) ? Instants.parse(item.text(member.ordinal())) : null;
        json.add(instant == null ? NULL : ascii("\"" + instant + "\""));
    }

    private void writeNext() {
        if (next == null) {
            json.add(NULL);
            return;
        }
        for (int at = 0; at < next.length(); at++) {
            char letter = next.charAt(at);
            if (letter < ' ' || letter > '~' || letter == '"' || letter == '\\') {
                throw JsonCursor.unplain();
            }
        }
        json.add(ascii("\"" + next + "\""));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
