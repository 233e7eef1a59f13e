package io.qlikbridge.received;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * JSON as a tenant might write it, and as nobody should: any nesting, blanks and escapes wherever they may be, names twice, raw
 * and escaped surrogates, numbers that no type of Java's holds. The same for the same seed.
 */
public final class RandomJson {

    private static final List<String> NUMBERS = List.of(
            "0", "-0", "17", "-1.5e3", "1E+400", "9007199254740993", "0.1e-7", "1" + "0".repeat(60), "-3.25", "2e0");

    private static final List<String> SHORT_ESCAPES = List.of("\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t");

    private static final List<String> OTHER_LETTERS =
            List.of("ä", "€", "\ud83d\ude00", "\u2028", "\u007f", "中", "\uffff");

    private final Random random;
    private final List<String> names;
    private final List<String> texts;

    /**
     * @param names of members, besides any others
     * @param texts of values, besides any others
     */
    public RandomJson(Random random, List<String> names, List<String> texts) {
        this.random = random;
        this.names = names;
        this.texts = texts;
    }

    /** Any value. */
    public String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> one(NUMBERS);
            case 1 -> one(List.of("true", "false", "null"));
            case 2, 3, 4, 5 -> text();
            case 6 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    public String object(int depth) {
        StringBuilder text = new StringBuilder("{").append(blank());
        for (int count = random.nextInt(7); count > 0; count--) {
            text.append(quoted(name()))
                    .append(blank())
                    .append(':')
                    .append(blank())
                    .append(value(depth))
                    .append(blank())
                    .append(count > 1 ? "," + blank() : "");
        }
        return text.append('}').toString();
    }

    private String array(int depth) {
        StringBuilder text = new StringBuilder("[").append(blank());
        for (int count = random.nextInt(5); count > 0; count--) {
            text.append(value(depth)).append(blank()).append(count > 1 ? "," + blank() : "");
        }
        return text.append(']').toString();
    }

    private String name() {
        return random.nextInt(4) > 0 ? one(names) : letters(random.nextInt(random.nextInt(10) == 0 ? 90 : 12));
    }

    /** A string with its quotes. */
    public String text() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4, 5 -> quoted(one(texts));
            case 6 -> '"' + escaped(random.nextInt(20)) + '"';
            case 7 -> '"' + letters(random.nextInt(30)) + one(OTHER_LETTERS) + letters(random.nextInt(9)) + '"';
            case 8 -> "\"{\\\"links\\\":{\\\"next\\\":{\\\"href\\\":\\\"//x\\\"}}}\"";
            default -> quoted(letters(random.nextInt(40)));
        };
    }

    /** The text between quotes, now and then with letters of it escaped. */
    public String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        boolean escape = random.nextInt(4) == 0;
        for (char letter : text.toCharArray()) {
            if (letter < ' ' || escape && random.nextInt(4) == 0) {
                quoted.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) letter));
            } else if (letter == '"' || letter == '\\' || letter == '/' && escape) {
                quoted.append('\\').append(letter);
            } else {
                quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }

    private String escaped(int count) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < count; at++) {
            text.append(
                    switch (random.nextInt(4)) {
                        case 0 -> one(SHORT_ESCAPES);
                        case 1 -> String.format("\\u%04x", random.nextInt(0x10000));
                        case 2 -> one(OTHER_LETTERS);
                        default -> letters(3);
                    });
        }
        return text.toString();
    }

    private String letters(int count) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < count; at++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private String blank() {
        return random.nextInt(8) == 0 ? one(List.of(" ", "\n  ", "\t", "\r\n")) : "";
    }

    /** The same with bytes left out, put in or said twice, or not to its end. */
    public byte[] damaged(byte[] json) {
        byte[] damaged = json;
        for (int count = 1 + random.nextInt(3); count > 0 && damaged.length > 0; count--) {
            int at = random.nextInt(damaged.length);
            int to = Math.min(damaged.length, at + 1 + random.nextInt(9));
            damaged = switch (random.nextInt(6)) {
                case 0 -> joined(damaged, at, new byte[0], at + 1);
                case 1 -> joined(damaged, at, new byte[0], to);
                case 2 -> joined(damaged, to, new byte[0], at);
                case 3 -> joined(damaged, at, new byte[0], damaged.length);
                case 4 ->
                    joined(
                            damaged,
                            at,
                            any("\"\"\"{}[]:,\\\\0e.-xn \n\u0000\u0001\u001f\u007f\u0080\u00c0\u00ed\u00fe\u00ff"),
                            at);
                default -> joined(damaged, at, any("\"{}[]:,\\ "), at + 1);
            };
        }
        return damaged;
    }

    private byte[] any(String bytes) {
        char one = bytes.charAt(random.nextInt(bytes.length()));
        return new byte[] {(byte) one};
    }

    private static byte[] joined(byte[] bytes, int to, byte[] between, int from) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, to);
        joined.writeBytes(between);
        joined.write(bytes, from, bytes.length - from);
        return joined.toByteArray();
    }

    /** UTF-8, in which a half of a surrogate pair becomes what Java makes of it. */
    public static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
