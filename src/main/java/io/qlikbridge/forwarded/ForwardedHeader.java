package io.qlikbridge.forwarded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the header {@code Forwarded} says (RFC 7239, section 4), the proxy nearest to the caller first. A host with a port and an
 * IPv6 address are read without quotes, too, since many proxies leave them out.
 */
final class ForwardedHeader {

    private static final Pattern PAIR = Pattern.compile(
            "(?<name>[A-Za-z][A-Za-z0-9_-]{0,50})=(?:\"(?<quoted>[^\"\\\\]*+)\"|(?<plain>[!#$%&'*+.^_`|~0-9A-Za-z:\\[\\]/-]++))");

    /** RFC 7239, section 6. */
    private static final Pattern NODE =
            Pattern.compile("(?:\\[(?<six>[0-9A-Fa-f:.]{2,45})]|(?<other>[A-Za-z0-9._-]+))(?::[A-Za-z0-9._-]{1,20})?");

    private final List<Map<String, String>> proxies;

    private ForwardedHeader(List<Map<String, String>> proxies) {
        this.proxies = proxies;
    }

    /** @return nothing at all where a line is malformed */
    static ForwardedHeader of(List<String> lines) {
        List<Map<String, String>> proxies = new ArrayList<>();
        for (String line : lines) {
            if (!read(line, proxies)) {
                return new ForwardedHeader(List.of());
            }
        }
        return new ForwardedHeader(proxies);
    }

    private static boolean read(String line, List<Map<String, String>> proxies) {
        Matcher pair = PAIR.matcher(line);
        Map<String, String> proxy = new TreeMap<>();
        proxies.add(proxy);
        int at = 0;
        while (pair.region(at, line.length()).lookingAt()) {
            String quoted = pair.group("quoted");
            String value = quoted == null ? pair.group("plain") : quoted;
            if (proxy.put(pair.group("name").toLowerCase(Locale.ROOT), value) != null) {
                return false;
            }
            at = afterBlanks(line, pair.end());
            if (at == line.length()) {
                return true;
            }
            char separator = line.charAt(at);
            if (separator == ',') {
                proxy = new TreeMap<>();
                proxies.add(proxy);
            } else if (separator != ';') {
                return false;
            }
            at = afterBlanks(line, at + 1);
        }
        return false;
    }

    private static int afterBlanks(String line, int at) {
        int next = at;
        while (next < line.length() && (line.charAt(next) == ' ' || line.charAt(next) == '\t')) {
            next++;
        }
        return next;
    }

    boolean saysNothing() {
        return proxies.isEmpty();
    }

    /** What the first proxy says that says anything of it. */
    @Nullable
    String first(String parameter) {
        return proxies.stream()
                .map(proxy -> proxy.get(parameter))
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
    }

    /**
     * From whom each proxy had the request, as {@code X-Forwarded-For} has it: addresses without brackets and ports. What is no
     * address, such as {@code unknown}, stays, for nobody to be taken for another. Empty where none says so.
     */
    List<String> callers() {
        if (first("for") == null) {
            return List.of();
        }
        return proxies.stream()
                .map(proxy -> proxy.getOrDefault("for", "unknown"))
                .map(ForwardedHeader::address)
                .toList();
    }

    private static String address(String node) {
        Matcher parts = NODE.matcher(node);
        if (!parts.matches()) {
            return "unknown";
        }
        String six = parts.group("six");
        return six != null ? six : parts.group("other");
    }
}
