package io.qlikbridge.signin;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as that can be told apart: an IPv4 address, or the first 64 bits of an IPv6 address, of
 * which one host has as many as it likes. Whatever else stands in its place, such as a word that somebody put into
 * {@code X-Forwarded-For}, is one and the same.
 *
 * @param value canonical; empty for what is no address
 */
public record CallerAddress(String value) {

    private static final CallerAddress NONE = new CallerAddress("");
    private static final int LONGEST = 60;
    private static final int NETWORK_BYTES = 8;

    /** Some proxies add the port. */
    private static final Pattern WITH_PORT =
            Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+|\\[([^\\]]+)](?::\\d+)?");

    public static CallerAddress of(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return NONE;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(withoutPort(text.strip()));
            byte[] bytes = address.getAddress();
            return new CallerAddress(
                    address instanceof Inet4Address
                            ? address.getHostAddress()
                            : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)));
        } catch (IllegalArgumentException noAddress) {
            return NONE;
        }
    }

    /** To be read by people, an IPv6 network with its length; {@code null} for no address. */
    @Nullable
    String shown() {
        if (value.isEmpty()) {
            return null;
        }
        return value.contains(".")
                ? value
                : String.join(
                                ":",
                                value.substring(0, 4),
                                value.substring(4, 8),
                                value.substring(8, 12),
                                value.substring(12))
                        + "::/64";
    }

    private static String withoutPort(String text) {
        Matcher parts = WITH_PORT.matcher(text);
        if (!parts.matches()) {
            return text;
        }
        return parts.group(1) == null ? parts.group(2) : parts.group(1);
    }
}
