package io.qlikbridge.http1;

/** Finds where the head of a message ends. */
public final class Heads {

    private Heads() {}

    /**
     * @param from where to begin looking; no more than three bytes before what was looked at already
     * @return behind the empty line; -1 if it is not there yet
     */
    public static int end(byte[] bytes, int from, int to) {
        int at = from + 3;
        while (at < to) {
            byte here = bytes[at];
            if (here > '\r') {
                // no part of the end, so that lies behind it as a whole
                at += 4;
            } else if (here == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n' && bytes[at - 3] == '\r') {
                return at + 1;
            } else {
                at++;
            }
        }
        return -1;
    }
}
