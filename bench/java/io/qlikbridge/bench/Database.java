package io.qlikbridge.bench;

import io.qlikbridge.TestDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The server that all databases are on. */
final class Database {

    private static final String PORT =
            TestDatabase.fresh().get("spring.datasource.url").toString().replaceFirst(".*:(\\d+)/.*", "$1");

    private Database() {}

    /** Spring Boot's properties for a new one. */
    static Map<String, Object> fresh() {
        return TestDatabase.fresh();
    }

    /** What the server has used; nothing where it runs in a container. */
    static Duration processorTime() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .filter(Database::isOurs)
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static boolean isOurs(ProcessHandle process) {
        List<String> arguments = Arrays.asList(process.info().arguments().orElse(new String[0]));
        int port = arguments.indexOf("-p");
        return port >= 0 && PORT.equals(arguments.get(port + 1));
    }
}
