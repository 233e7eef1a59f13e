package io.qlikbridge.passthrough;

/**
 * What becomes of an address that a tenant wrote.
 *
 * @param end how many of its characters are replaced, from the beginning on; all for {@link #DROPPED}
 * @param replacement what takes their place
 */
record LinkVerdict(int end, String replacement) {

    /** It stays as it is. */
    static final LinkVerdict KEPT = new LinkVerdict(0, "");

    /** Nothing is left of it: an empty string, which every reader of JSON takes and nobody follows. */
    static final LinkVerdict DROPPED = new LinkVerdict(Integer.MAX_VALUE, "");
}
