package io.qlikbridge.passthrough;

/**
 * Tells which names of members say that their value is an address: {@code links}, {@code _links} and {@code href}; {@code url}
 * and the like, also at the end of a longer name; and words for neighbours in a list. In any case: who reads a document may
 * not tell them apart.
 */
final class AddressName {

    /** Longer than the names we look for, in whatever way they are escaped. */
    static final int LONGEST = 64;

    /** For each last letter of a name, the letters that may stand before it. This alone tells nearly all others. */
    private static final int[] BEFORE_LAST = new int[32];

    static {
        for (String known : new String[] {
            "links",
            "href",
            "self",
            "url",
            "uri",
            "link",
            "src",
            "next",
            "first",
            "last",
            "prev",
            "location",
            "urls",
            "uris",
            "hrefs",
            "previous"
        }) {
            int last = known.length() - 1;
            BEFORE_LAST[known.charAt(last) & 31] |= 1 << (known.charAt(last - 1) & 31);
        }
    }

    private AddressName() {}

    /** {@link JsonPath#LINK}, {@link JsonPath#ADDRESS} or 0 for any other. One that is too long might be an address's. */
    static byte of(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return JsonPath.ADDRESS;
        }
        boolean seldom = to - from > 1 && (BEFORE_LAST[bytes[to - 1] & 31] >>> (bytes[to - 2] & 31) & 1) != 0;
        return seldom ? ofEnding(bytes, from, to) : 0;
    }

    private static byte ofEnding(byte[] bytes, int from, int to) {
        if (is(bytes, from, to, "href") || is(bytes, from, to, "links") || is(bytes, from, to, "_links")) {
            return JsonPath.LINK;
        }
        boolean address = switch (bytes[to - 1] | 0x20) {
            case 's' ->
                ends(bytes, from, to, "urls")
                        || ends(bytes, from, to, "uris")
                        || ends(bytes, from, to, "hrefs")
                        || is(bytes, from, to, "previous");
            case 'f' -> ends(bytes, from, to, "href") || is(bytes, from, to, "self");
            case 'l' -> ends(bytes, from, to, "url");
            case 'i' -> ends(bytes, from, to, "uri");
            case 'k' -> is(bytes, from, to, "link");
            case 'c' -> is(bytes, from, to, "src");
            case 't' -> is(bytes, from, to, "next") || is(bytes, from, to, "first") || is(bytes, from, to, "last");
            case 'v' -> is(bytes, from, to, "prev");
            case 'n' -> is(bytes, from, to, "location");
            default -> false;
        };
        return address ? JsonPath.ADDRESS : 0;
    }

    private static boolean is(byte[] bytes, int from, int to, String name) {
        return to - from == name.length() && ends(bytes, from, to, name);
    }

    private static boolean ends(byte[] bytes, int from, int to, String end) {
        int start = to - end.length();
        if (start < from) {
            return false;
        }
        for (int at = 0; at < end.length(); at++) {
            char wanted = end.charAt(at);
            int found = bytes[start + at];
            if ((wanted == '_' ? found : found | 0x20) != wanted) {
                return false;
            }
        }
        return true;
    }
}
