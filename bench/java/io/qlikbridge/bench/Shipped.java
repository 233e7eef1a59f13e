package io.qlikbridge.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged application as images have it: unpacked, with an ahead-of-time cache. A jar that was packaged with {@code -Pimage}
 * starts as Spring found out then.
 *
 * @param folder of the jar, its libraries and the cache
 */
record Shipped(Path folder) {

    /** By {@code bin/make-aot-cache}, which starts it once, on a database that may be empty. */
    static Shipped make(Map<String, Object> database) throws InterruptedException {
        Path folder = Machine.output().resolve("shipped");
        Map<String, String> environment = new HashMap<>(Bridge.environment(database, 0));
        environment.put("JAVA", Machine.tool("java"));
        Program.run(
                "make-aot-cache",
                Machine.output(),
                environment,
                List.of(
                        Path.of("bin", "make-aot-cache").toAbsolutePath().toString(),
                        Machine.jar().toString(),
                        folder.toString()));
        return new Shipped(folder);
    }

    Path jar() {
        return folder.resolve("bridge.jar");
    }

    Path cache() {
        return folder.resolve("bridge.aot");
    }

    /** Without which a JVM does not take the cache. */
    List<String> options() {
        return List.of("@" + folder.resolve("bridge.options"));
    }
}
