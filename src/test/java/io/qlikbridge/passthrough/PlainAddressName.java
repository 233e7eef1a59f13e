package io.qlikbridge.passthrough;

/** The names as {@link PlainLinkRewriter} tells them apart. */
enum PlainAddressName {
    /** {@code links} or {@code _links}. */
    LINKS,
    /** {@code href}. */
    HREF,
    /** {@code url} and the like, also at the end of a longer name; and words for neighbours in a list. */
    ADDRESS,
    OTHER;

    /** Longer than the names we look for, in whatever way they are escaped. */
    static final int LONGEST = 64;

    /** In any case: who reads a document may not tell them apart. Any that is too long might be an address's. */
    static PlainAddressName of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return ADDRESS;
        }
        return switch (length == 0 ? 0 : bytes[to - 1] | 0x20) {
            case 's' -> ofPlural(bytes, from, to);
            case 'f' -> {
                if (is(bytes, from, to, "href")) {
                    yield HREF;
                }
                yield ends(bytes, from, to, "href") || is(bytes, from, to, "self") ? ADDRESS : OTHER;
            }
            case 'l' -> address(ends(bytes, from, to, "url"));
            case 'i' -> address(ends(bytes, from, to, "uri"));
            case 'k' -> address(is(bytes, from, to, "link"));
            case 'c' -> address(is(bytes, from, to, "src"));
            case 't' ->
                address(is(bytes, from, to, "next") || is(bytes, from, to, "first") || is(bytes, from, to, "last"));
            case 'v' -> address(is(bytes, from, to, "prev"));
            case 'n' -> address(is(bytes, from, to, "location"));
            default -> OTHER;
        };
    }

    private static PlainAddressName ofPlural(byte[] bytes, int from, int to) {
        if (is(bytes, from, to, "links") || is(bytes, from, to, "_links")) {
            return LINKS;
        }
        return address(ends(bytes, from, to, "urls")
                || ends(bytes, from, to, "uris")
                || ends(bytes, from, to, "hrefs")
                || is(bytes, from, to, "previous"));
    }

    private static PlainAddressName address(boolean known) {
        return known ? ADDRESS : OTHER;
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
