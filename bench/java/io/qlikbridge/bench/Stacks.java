package io.qlikbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Sampled stacks, one line each: frames from the outermost on, and how much of the profile they are. */
final class Stacks {

    private static final int MOST = 25;
    private static final double LEAST_SHARE = 0.01;

    /** What a request passes on its way, and what the JVM does beside. */
    private static final Pattern STATIONS = Pattern.compile("io/qlikbridge/.*"
            + "|org/apache/coyote/http11/Http11(Processor\\.service|InputBuffer\\.parse.*|OutputBuffer\\.commit)"
            + "|org/springframework/security/.*(Authentication|Authorization|HeaderWriter|SecurityContextHolder)Filter"
            + "\\.doFilter(Internal)?"
            + "|org/springframework/web/filter/ServerHttpObservationFilter\\.doFilterInternal"
            + "|org/springframework/security/oauth2/jwt/.*Decoder\\.decode"
            + "|org/springframework/web/servlet/DispatcherServlet\\.(doDispatch|getHandler)"
            + "|org/springframework/web/method/support/(InvocableHandlerMethod\\.getMethodArgumentValues"
            + "|HandlerMethodReturnValueHandlerComposite\\.handleReturnValue)"
            + "|org/springframework/web/client/DefaultRestClient.*\\.(exchange|createRequest).*"
            + "|org/apache/hc/client5/.*(InternalHttpClient\\.doExecute|MainClientExec\\.execute)"
            + "|org/apache/hc/core5/http/impl/io/HttpRequestExecutor\\.execute"
            + "|tools/jackson/databind/.*(Mapper|Writer|Reader)\\.(readTree|readValue|writeValue.*)"
            + "|com/zaxxer/hikari/.*HikariDataSource\\.getConnection"
            + "|org/postgresql/jdbc/PgPreparedStatement\\.execute.*"
            + "|org/springframework/transaction/interceptor/TransactionInterceptor\\.invoke"
            + "|java/lang/VirtualThread\\.(park|unpark|submitRunContinuation|yieldContinuation|afterYield).*"
            + "|sun/nio/ch/Poller\\..*Loop");

    private static final Pattern MADE_BY_A_COMPILER = Pattern.compile("lambda\\$|\\$\\$|\\$Proxy");

    private final Map<String, Long> self = new HashMap<>();
    private final Map<String, Long> packages = new HashMap<>();
    private final Branch tree = new Branch();
    private long total;

    /** What runs below one station. */
    private static final class Branch {

        private final Map<String, Branch> branches = new HashMap<>();
        private long weight;

        private void lines(String indent, long total, List<String> lines) {
            branches.entrySet().stream()
                    .filter(branch -> branch.getValue().weight >= LEAST_SHARE * total)
                    .sorted(Comparator.comparingLong(branch -> -branch.getValue().weight))
                    .forEach(branch -> {
                        lines.add(share(branch.getValue().weight, total) + indent + branch.getKey());
                        branch.getValue().lines(indent + "  ", total, lines);
                    });
        }
    }

    private Stacks() {}

    static Stacks read(Path collapsed) throws IOException {
        Stacks stacks = new Stacks();
        for (String line : Files.readAllLines(collapsed)) {
            int space = line.lastIndexOf(' ');
            if (space > 0) {
                String[] frames = Arrays.stream(line.substring(0, space).split(";"))
                        .map(Stacks::clean)
                        .toArray(String[]::new);
                stacks.add(frames, Long.parseLong(line.substring(space + 1)));
            }
        }
        return stacks;
    }

    long total() {
        return total;
    }

    List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add("The way of a request, and what the JVM does beside it (each with all it calls, from 1 % on):");
        tree.lines("  ", total, lines);
        lines.add("");
        lines.add("By package (what the JDK and the kernel do counts for the code that called them):");
        lines.addAll(top(packages));
        lines.add("");
        lines.add("By method (what it does itself):");
        lines.addAll(top(self));
        return lines;
    }

    private void add(String[] frames, long weight) {
        total += weight;
        self.merge(frames[frames.length - 1], weight, Long::sum);
        packages.merge(owner(frames), weight, Long::sum);
        Branch branch = grow(tree, duty(frames), weight);
        String before = "";
        for (String frame : frames) {
            if (!frame.equals(before)
                    && STATIONS.matcher(frame).matches()
                    && !MADE_BY_A_COMPILER.matcher(frame).find()) {
                branch = grow(branch, frame.replaceAll("(\\w)\\w*/", "$1."), weight);
                before = frame;
            }
        }
    }

    private static Branch grow(Branch parent, String name, long weight) {
        Branch branch = parent.branches.computeIfAbsent(name, ignored -> new Branch());
        branch.weight += weight;
        return branch;
    }

    /** What the thread is for. */
    private static String duty(String[] frames) {
        for (String frame : frames) {
            if (frame.startsWith("org/apache/coyote/http11/Http11Processor.service")) {
                return "requests";
            }
            if (frame.startsWith("CompileBroker::")) {
                return "the compiler";
            }
            if (frame.contains("GCThread") || frame.startsWith("WorkerThread::run") || frame.startsWith("G1")) {
                return "the garbage collector";
            }
        }
        List<String> java = Arrays.stream(frames)
                .filter(frame -> frame.matches("(java|jdk|sun|org|com|io|tools|one)/.*"))
                .toList();
        if (java.isEmpty()) {
            return "the JVM";
        }
        // of a virtual thread that waited, the outer frames come back only when they are returned to
        boolean resumed = !java.getFirst()
                .matches("java/lang/(Thread\\.run.*|VirtualThread\\.run|ref/.*)|.*Thread\\.run|jdk/internal/.*");
        return resumed
                ? "requests, after a wait"
                : java.stream()
                        .filter(frame -> !frame.matches(
                                "java/lang/Thread\\.run.*|java/lang/VirtualThread\\.run|jdk/internal/vm/.*"))
                        .findFirst()
                        .orElse(java.getFirst());
    }

    private static String owner(String[] frames) {
        for (int at = frames.length - 1; at >= 0; at--) {
            if (frames[at].matches("\\w+/\\w+/.*\\..*") && !frames[at].matches("(java|jdk|sun|javax)/.*")) {
                return packageOf(frames[at]);
            }
        }
        return duty(frames);
    }

    private static String packageOf(String frame) {
        String[] parts = frame.split("/");
        return String.join(".", Arrays.copyOf(parts, Math.min(4, parts.length - 1)));
    }

    /** Without what differs from start to start. */
    private static String clean(String frame) {
        return frame.replaceAll("\\$\\$[A-Za-z]+[^.]*", "\\$\\$…")
                .replaceAll("0x[0-9a-f]+", "…")
                .replaceAll("_\\[[a-z0-9]\\]$", "");
    }

    private List<String> top(Map<String, Long> weights) {
        return weights.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST)
                .map(entry -> share(entry.getValue(), total) + "  " + entry.getKey())
                .toList();
    }

    private static String share(long weight, long total) {
        return Report.format("%5.1f %%", 100.0 * weight / total);
    }
}
