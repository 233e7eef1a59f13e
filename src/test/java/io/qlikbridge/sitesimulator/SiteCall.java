package io.qlikbridge.sitesimulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that reached a site, whatever came of it.
 *
 * @param target path and query as sent
 * @param headers by name in any case, in the order sent
 */
public record SiteCall(Door door, String method, String target, Map<String, List<String>> headers, byte[] body) {

    private static final Pattern ESCAPES = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

    /** Which of a site's services was asked. */
    public enum Door {
        /** On 4242. */
        REPOSITORY,
        /** On 4243. */
        PROXY_SERVICE,
        /** On 443: the virtual proxies. */
        PROXY
    }

    static SiteCall of(
            Door door, String method, String target, Iterable<Map.Entry<String, String>> fields, byte[] body) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> field : fields) {
            headers.computeIfAbsent(field.getKey(), name -> new ArrayList<>()).add(field.getValue());
        }
        return new SiteCall(door, method, target, headers, body);
    }

    /** Decoded. */
    public String path() {
        return decoded(target.replaceFirst("\\?.*", ""));
    }

    /** As sent; empty when there is none. */
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The decoded values of a query parameter, whose name is taken in any case. */
    public List<String> parameters(String name) {
        List<String> values = new ArrayList<>();
        for (String pair : query().split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && decoded(parts[0]).equalsIgnoreCase(name)) {
                values.add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    public Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    public Map<String, String> cookies() {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String header : headers.getOrDefault("Cookie", List.of())) {
            for (String pair : header.split(";")) {
                String[] parts = pair.strip().split("=", 2);
                cookies.putIfAbsent(parts[0], parts.length == 2 ? parts[1] : "");
            }
        }
        return cookies;
    }

    public Optional<String> bearerToken() {
        return header("Authorization")
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("bearer "))
                .map(value -> value.substring(7).strip());
    }

    /** Percent-encoded UTF-8 decoded; a plus and what is no escape stay as they are. */
    static String decoded(String text) {
        return ESCAPES.matcher(text)
                .replaceAll(escapes ->
                        Matcher.quoteReplacement(URLDecoder.decode(escapes.group(), StandardCharsets.UTF_8)));
    }

    /** Without headers and body, which hold tokens. */
    @Override
    public String toString() {
        return door + " " + method + " " + target;
    }
}
