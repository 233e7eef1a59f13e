package io.qlikbridge.bench;

import java.nio.charset.StandardCharsets;

/**
 * A request whose last byte has come.
 *
 * @param path without the query
 */
record WholeRequest(String method, String path) {

    /** What the first {@code length} bytes are, or nothing while they are not all. */
    static WholeRequest in(byte[] bytes, int length) {
        int head = endOfHead(bytes, length);
        if (head < 0) {
            return null;
        }
        int line = indexOf(bytes, (byte) '\r', 0, head);
        int method = indexOf(bytes, (byte) ' ', 0, line);
        int target = indexOf(bytes, (byte) ' ', method + 1, line);
        int query = indexOf(bytes, (byte) '?', method + 1, target);
        boolean bodyless = bytes[0] == 'G' || bytes[0] == 'D';
        if (!bodyless && length < head + contentLength(bytes, line, head)) {
            return null;
        }
        return new WholeRequest(
                new String(bytes, 0, method, StandardCharsets.ISO_8859_1),
                new String(bytes, method + 1, (query < 0 ? target : query) - method - 1, StandardCharsets.ISO_8859_1));
    }

    private static int endOfHead(byte[] bytes, int length) {
        for (int at = 3; at < length; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    private static int indexOf(byte[] bytes, byte wanted, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    private static int contentLength(byte[] bytes, int from, int to) {
        String name = "\ncontent-length:";
        String head = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase();
        int at = head.indexOf(name);
        return at < 0
                ? 0
                : Integer.parseInt(head.substring(at + name.length(), head.indexOf('\r', at))
                        .strip());
    }
}
