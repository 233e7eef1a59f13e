package io.qlikbridge.received;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The texts that some members of a JSON object have, as they stand among the bytes of the document: of one object after the
 * other. Members are known by their place in the list of names. Not for use by several threads.
 */
public final class JsonMembers {

    private static final int ABSENT = -1;
    private static final int NO_TEXT = 0;

    private final Names names;
    private final byte[] document;
    private final int[] starts;
    private final int[] ends;
    private final boolean[] escaped;

    public JsonMembers(Names names, byte[] document) {
        this.names = names;
        this.document = document;
        this.starts = new int[names.count];
        this.ends = new int[names.count];
        this.escaped = new boolean[names.count];
    }

    /** Names of members, to be told apart quickly. */
    public static final class Names {

        private final int count;
        private final byte[][] names;

        /** The members that have names of each length. */
        private final int[][] byLength;

        public Names(List<String> wanted) {
            this.count = wanted.size();
            this.names = wanted.stream()
                    .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);
            int longest =
                    Arrays.stream(names).mapToInt(name -> name.length).max().orElse(0);
            this.byLength = IntStream.rangeClosed(0, longest)
                    .mapToObj(length -> IntStream.range(0, count)
                            .filter(name -> names[name].length == length)
                            .toArray())
                    .toArray(int[][]::new);
        }

        /** Which one the member has whose name was taken last; negative for another. */
        private int at(JsonCursor cursor) {
            int length = cursor.end() - cursor.start();
            if (length < byLength.length) {
                for (int name : byLength[length]) {
                    if (cursor.is(names[name])) {
                        return name;
                    }
                }
            }
            return -1;
        }
    }

    /**
     * Takes an object.
     *
     * @throws JsonCursor.Unplain also of a wanted member that is there twice, or is neither a text nor {@code null}
     */
    public void read(JsonCursor cursor) {
        Arrays.fill(starts, ABSENT);
        for (boolean more = cursor.firstMember(); more; more = cursor.nextMember()) {
            int member = names.at(cursor);
            if (member < 0) {
                cursor.skip();
            } else if (starts[member] != ABSENT) {
                throw JsonCursor.unplain();
            } else {
                read(cursor, member);
            }
        }
    }

    private void read(JsonCursor cursor, int member) {
        if (cursor.next() == '"') {
            cursor.string();
            starts[member] = cursor.start();
            ends[member] = cursor.end();
            escaped[member] = cursor.isEscaped();
        } else {
            cursor.nothing();
            starts[member] = NO_TEXT;
        }
    }

    public boolean isText(int member) {
        return starts[member] > NO_TEXT;
    }

    /** Whether it is a text and has characters. */
    public boolean isFilled(int member) {
        return isText(member) && starts[member] < ends[member];
    }

    /** The text of a member that {@link #isText is one}; more costly than to write it. */
    public String text(int member) {
        if (escaped[member]) {
            throw JsonCursor.unplain();
        }
        return new String(document, starts[member], ends[member] - starts[member], StandardCharsets.UTF_8);
    }

    /** Writes a text, with its quotes. */
    public void write(int member, CopiedJson json) {
        if (!escaped[member]) {
            json.add(document, starts[member] - 1, ends[member] + 1);
            return;
        }
        json.add(document, starts[member] - 1, starts[member]);
        json.addUnescaped(document, starts[member], ends[member]);
        json.add(document, ends[member], ends[member] + 1);
    }

    /** Whether a text is an instant in the very form that {@link java.time.Instant#toString} has. */
    public boolean isPrintedInstant(int member) {
        return Instants.isPrinted(document, starts[member], ends[member]);
    }
}
