package io.qlikbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Sampled stacks, one line each: frames from the outermost on, and how much of the profile they are. */
final class Stacks {

    private static final int MOST = 30;

    /** What a request passes on its way, by a frame that all of it runs below. */
    private static final Pattern OURS = Pattern.compile("io/qlikbridge/.*");

    private static final Pattern STATIONS = Pattern.compile(
            "org/springframework/security/.*\\.doFilter(Internal)?|org/springframework/.*Filter\\.doFilterInternal"
                    + "|org/springframework/web/servlet/DispatcherServlet\\.doDispatch"
                    + "|org/springframework/web/method/support/InvocableHandlerMethod\\.getMethodArgumentValues"
                    + "|.*HandlerMethodReturnValueHandlerComposite\\.handleReturnValue"
                    + "|.*ObjectMapper\\.(readTree|readValue|writeValue)|.*JsonMapper\\..*"
                    + "|.*InternalHttpClient\\.doExecute|.*PgConnection\\..*|.*HikariPool\\.getConnection"
                    + "|.*Http11Processor\\.service|.*NimbusJwtDecoder\\.decode|.*Poller\\.run|.*VirtualThread\\.runContinuation"
                    + "|.*ForkJoinPool\\.(runWorker|awaitWork)|.*CompileBroker.*|.*G1.*Task.*|.*GCTaskThread.*|.*WorkerThread::run");

    private final Map<String, Long> self = new HashMap<>();
    private final Map<String, Long> packages = new HashMap<>();
    private final Map<String, Long> below = new HashMap<>();
    private long total;

    private Stacks() {}

    static Stacks read(Path collapsed) throws IOException {
        Stacks stacks = new Stacks();
        for (String line : Files.readAllLines(collapsed)) {
            int space = line.lastIndexOf(' ');
            if (space > 0) {
                stacks.add(line.substring(0, space).split(";"), Long.parseLong(line.substring(space + 1)));
            }
        }
        return stacks;
    }

    long total() {
        return total;
    }

    List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "By the package of the innermost frame of ours or a library's (the JDK and the kernel count for who called them):");
        lines.addAll(top(packages));
        lines.add("");
        lines.add("Below a method (all it calls included):");
        lines.addAll(top(below));
        lines.add("");
        lines.add("In a method itself:");
        lines.addAll(top(self));
        return lines;
    }

    private void add(String[] frames, long weight) {
        total += weight;
        String inner = clean(frames[frames.length - 1]);
        self.merge(inner, weight, Long::sum);
        packages.merge(owner(frames), weight, Long::sum);
        Set<String> seen = new HashSet<>();
        for (String frame : frames) {
            String method = clean(frame);
            if ((OURS.matcher(method).matches() || STATIONS.matcher(method).matches()) && seen.add(method)) {
                below.merge(method, weight, Long::sum);
            }
        }
    }

    private static String owner(String[] frames) {
        for (int at = frames.length - 1; at >= 0; at--) {
            String frame = clean(frames[at]);
            boolean isJava = frame.contains("/") && frame.contains(".") && !frame.startsWith("[");
            boolean ofJdk = frame.matches("(java|jdk|sun|javax)/.*");
            if (isJava && !ofJdk) {
                return packageOf(frame);
            }
        }
        return Arrays.stream(frames)
                .map(Stacks::clean)
                .filter(frame -> frame.matches("(java|jdk|sun)/.*"))
                .findFirst()
                .map(frame -> "JDK alone: " + frame)
                .orElse("JVM: " + clean(frames[Math.min(frames.length - 1, 1)]));
    }

    private static String packageOf(String frame) {
        String[] parts = frame.split("/");
        int depth = frame.startsWith("io/qlikbridge/") ? 3 : Math.min(4, parts.length - 1);
        return String.join(".", Arrays.copyOf(parts, Math.min(depth, parts.length - 1)));
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
                .map(entry -> Report.format("%5.1f %%  %s", 100.0 * entry.getValue() / total, entry.getKey()))
                .toList();
    }
}
