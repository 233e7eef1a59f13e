package io.qlikbridge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processors that a program under measurement may run on: the first so many of the machine. The driver and the upstream
 * run on all of them.
 */
record Processors(int count) {

    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    static Processors all() {
        return new Processors(Runtime.getRuntime().availableProcessors());
    }

    /** Whether the machine has as many, and can keep a program from the others. */
    boolean areThere() {
        return count == all().count() || count < all().count() && Files.isExecutable(TASKSET);
    }

    /** The command that does the same on these processors alone; it becomes the same process. */
    List<String> only(List<String> command) {
        if (count == all().count()) {
            return command;
        }
        return Stream.concat(Stream.of(TASKSET.toString(), "-c", "0-" + (count - 1)), command.stream())
                .toList();
    }
}
