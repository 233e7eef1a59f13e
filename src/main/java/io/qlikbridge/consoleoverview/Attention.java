package io.qlikbridge.consoleoverview;

/**
 * Something that somebody should look at.
 *
 * @param sentence what is so
 * @param link what to do about it
 * @param path of the page where that is done, below the context path
 */
record Attention(Urgency urgency, String sentence, String link, String path) {

    /** How soon. */
    enum Urgency {
        NOW("bad"),
        SOON("warn"),
        NEXT("idle");

        private final String tone;

        Urgency(String tone) {
            this.tone = tone;
        }
    }

    public String tone() {
        return urgency.tone;
    }

    /** The key of the message that says how soon. */
    public String label() {
        return "overview.urgency." + urgency.tone;
    }
}
