package io.qlikbridge.proxy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that are gone to without the proxy, in the form of {@code NO_PROXY}: names, which stand for what is below them too,
 * with or without a dot or {@code *.} in front, addresses, ranges such as {@code 10.0.0.0/8}, each with a port behind where
 * only that is meant, and {@code *} for all. Names are not looked up: behind a proxy they need not resolve.
 */
final class DirectHosts {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final List<String> rules;

    DirectHosts(@Nullable String rules) {
        this.rules = rules == null
                ? List.of()
                : Arrays.stream(rules.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                        .filter(rule -> !rule.isEmpty())
                        .toList();
    }

    boolean hold(String host, int port) {
        String name = bare(host.toLowerCase(Locale.ROOT));
        return rules.stream().anyMatch(rule -> holds(rule, name, port));
    }

    private static boolean holds(String rule, String host, int port) {
        if (rule.equals("*")) {
            return true;
        }
        if (rule.contains("/")) {
            return inRange(rule, host);
        }
        String name = rule;
        int colon = rule.lastIndexOf(':');
        boolean onlyColon = colon >= 0 && (rule.indexOf(':') == colon || rule.charAt(colon - 1) == ']');
        if (onlyColon && colon < rule.length() - 1) {
            if (!rule.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = rule.substring(0, colon);
        }
        name = bare(name);
        if (name.startsWith("*.")) {
            name = name.substring(1);
        }
        byte[] address = address(host);
        if (address != null) {
            return Arrays.equals(address, address(name));
        }
        String suffix = name.startsWith(".") ? name : "." + name;
        return host.equals(suffix.substring(1)) || host.endsWith(suffix);
    }

    private static boolean inRange(String range, String host) {
        int slash = range.indexOf('/');
        byte[] network = address(bare(range.substring(0, slash)));
        byte[] address = address(host);
        if (network == null || address == null || network.length != address.length) {
            return false;
        }
        try {
            int kept = Integer.parseInt(range.substring(slash + 1));
            int dropped = network.length * Byte.SIZE - kept;
            return kept >= 0
                    && dropped >= 0
                    && new BigInteger(1, network)
                            .shiftRight(dropped)
                            .equals(new BigInteger(1, address).shiftRight(dropped));
        } catch (NumberFormatException noRange) {
            return false;
        }
    }

    /** Of an address alone; a name is never asked for. */
    private static byte @Nullable [] address(String host) {
        if (!host.contains(":") && !IPV4.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(host).getAddress();
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    private static String bare(String host) {
        String undotted = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return undotted.startsWith("[") && undotted.endsWith("]")
                ? undotted.substring(1, undotted.length() - 1)
                : undotted;
    }
}
