package io.qlikbridge.peek;

/** What is asked for is not in memory, or cannot be told without waiting. Says nothing else, and has no stack trace. */
public final class NotInMemory extends RuntimeException {

    static final NotInMemory INSTANCE = new NotInMemory();

    private NotInMemory() {
        super("Not in memory", null, false, false);
    }
}
