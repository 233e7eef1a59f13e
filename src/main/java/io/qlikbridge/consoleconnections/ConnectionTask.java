package io.qlikbridge.consoleconnections;

import java.util.List;
import java.util.Locale;

/**
 * A line of the check-list of what there is to do until a connection works.
 *
 * @param label the key of the message that names it
 * @param anchor the id of the element in the page where it is done
 * @param sentence the key of the message that says what is so, or what to do
 * @param arguments of that sentence
 */
public record ConnectionTask(String label, String anchor, State state, String sentence, List<Object> arguments) {

    public ConnectionTask {
        arguments = List.copyOf(arguments);
    }

    public ConnectionTask(String label, String anchor, State state, String sentence) {
        this(label, anchor, state, sentence, List.of());
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** How far a task is. */
    public enum State {
        DONE("ok"),
        OPEN("warn"),
        /** The connection works without. */
        OPTIONAL("idle");

        private final String tone;

        State(String tone) {
            this.tone = tone;
        }

        /** Of its badge. */
        public String tone() {
            return tone;
        }

        /** The key of the message that names it. */
        public String label() {
            return "connections.task." + name().toLowerCase(Locale.ROOT);
        }
    }
}
