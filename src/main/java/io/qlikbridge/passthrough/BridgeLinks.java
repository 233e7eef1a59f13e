package io.qlikbridge.passthrough;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where links of a tenant lead when a caller gets them from the bridge: to the bridge, so that whoever follows one shows its
 * bridge token to nobody else. A tenant that is called by an alias may write its generated host name into links (contract,
 * section 7.1), so an address of a Qlik API is taken for the tenant's whatever its host is. Whatever else could lead away is
 * dropped, also where only a browser's lenient reading (WHATWG URL, section 4.4) makes an address of it: a link is kept if it
 * is written plainly, and never because no rule speaks against it.
 */
final class BridgeLinks {

    private static final String API = "/api/";

    /** What a client, or a browser, goes to or runs. Other words before a colon are text. */
    private static final Set<String> SCHEMES = Set.of(
            "http",
            "https",
            "ws",
            "wss",
            "ftp",
            "file",
            "javascript",
            "vbscript",
            "data",
            "blob",
            "filesystem",
            "view-source");

    private final URI tenant;
    private final String base;
    private final String path;
    private final byte[] plainTenant;
    private final byte[] plainBase;

    /**
     * @param tenant the connection's host
     * @param base what the caller reaches the tenant's root at, such as {@code https://bridge.example.org/qlik/main}
     * @param path the same without scheme and host
     */
    BridgeLinks(URI tenant, String base, String path) {
        this.tenant = tenant;
        this.base = base;
        this.path = path;
        this.plainTenant = (tenant + "/").getBytes(StandardCharsets.US_ASCII);
        this.plainBase = (base + "/").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Writes what takes the place of the beginning of an address that is written as most are: at the connection's host,
     * spelled as the connection spells it, and with a path that can be read in one way alone.
     *
     * @return how many bytes that stands for; 0, and nothing written, for any other
     */
    int writePlain(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        int length = plainTenant.length;
        if (to - from < length
                || !Arrays.equals(bytes, from, from + length, plainTenant, 0, length)
                || !isPlainPath(bytes, from + length, Math.min(to, from + LinkRewriter.MOST_HELD), to)) {
            return 0;
        }
        out.write(plainBase);
        return length;
    }

    private static boolean isPlainPath(byte[] bytes, int from, int most, int to) {
        for (int at = from; at < most; at++) {
            byte next = bytes[at];
            if (next == '?' || next == '#') {
                return true;
            }
            if (next <= ' ' || next == '\\' || next == '%' || next == '.' && bytes[at - 1] == '/') {
                return false;
            }
        }
        return most == to;
    }

    /**
     * What becomes of an address.
     *
     * @param whole whether {@code address} is all of it; of a beginning, path and all before it have to be there
     * @param link whether it is one for certain; else it may be text, and is left alone unless it leads away
     */
    LinkVerdict judge(String address, boolean whole, boolean link) {
        int end = 0;
        while (end < address.length() && address.charAt(end) != '?' && address.charAt(end) != '#') {
            end++;
        }
        String head = address.substring(0, end);
        String read = asBrowsersRead(head);
        int scheme = scheme(read);
        boolean network = read.length() > 1 && isSlash(read.charAt(0)) && isSlash(read.charAt(1));
        boolean absolute = scheme > 0 || network;
        if (!link
                && !(network
                        || scheme > 0
                                && SCHEMES.contains(read.substring(0, scheme).toLowerCase(Locale.ROOT)))) {
            return LinkVerdict.KEPT;
        }
        if (read.length() != head.length() || end == address.length() && !whole) {
            return LinkVerdict.DROPPED;
        }
        return absolute ? absolute(head, network ? 2 : scheme + 3) : relative(head);
    }

    /** The same address at the bridge; {@code null} when it leads elsewhere. */
    @Nullable
    String changed(String address) {
        LinkVerdict verdict = judge(address, true, true);
        return verdict.end() > address.length() ? null : verdict.replacement() + address.substring(verdict.end());
    }

    private LinkVerdict relative(String head) {
        int slash = head.indexOf('/');
        boolean colonFirst = head.lastIndexOf(':', slash < 0 ? head.length() : slash) >= 0;
        if (colonFirst || climbs(head)) {
            return LinkVerdict.DROPPED;
        }
        return slash == 0 ? new LinkVerdict(0, path) : LinkVerdict.KEPT;
    }

    /** @param start where the host begins, if two slashes and no third are before it */
    private LinkVerdict absolute(String head, int start) {
        String beginning = head.substring(0, Math.min(start, head.length())).toLowerCase(Locale.ROOT);
        if (!Set.of("//", "http://", "https://").contains(beginning)) {
            return LinkVerdict.DROPPED;
        }
        int end = head.indexOf('/', start);
        String authority = head.substring(start, end < 0 ? head.length() : end);
        String rest = end < 0 ? "" : head.substring(end);
        if (authority.isEmpty() || authority.indexOf('\\') >= 0 || climbs(rest)) {
            return LinkVerdict.DROPPED;
        }
        return isTenant(beginning, authority) || rest.startsWith(API)
                ? new LinkVerdict(start + authority.length(), base)
                : LinkVerdict.DROPPED;
    }

    /** Without what browsers leave out: blanks and controls in front, tabs and line ends anywhere. */
    private static String asBrowsersRead(String text) {
        int from = 0;
        while (from < text.length() && text.charAt(from) <= ' ') {
            from++;
        }
        StringBuilder read = new StringBuilder(text.length());
        for (int at = from; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next != '\t' && next != '\n' && next != '\r') {
                read.append(next);
            }
        }
        return read.toString();
    }

    /** Where the scheme ends (RFC 3986, section 3.1); negative where there is none. */
    private static int scheme(String text) {
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            boolean letter = next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z';
            if (next == ':') {
                return at > 0 ? at : -1;
            }
            if (!letter && (at == 0 || (next < '0' || next > '9') && "+-.".indexOf(next) < 0)) {
                return -1;
            }
        }
        return -1;
    }

    /** Whether a path holds a segment that means the one above, to whoever reads it, or a backslash. */
    private static boolean climbs(String path) {
        if (path.indexOf('\\') >= 0) {
            return true;
        }
        if (path.indexOf("..") < 0 && path.indexOf('%') < 0) {
            return false;
        }
        String read = path.toLowerCase(Locale.ROOT)
                .replace("%2e", ".")
                .replace("%2f", "/")
                .replace("%5c", "/");
        for (String segment : read.split("/", -1)) {
            if (segment.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSlash(char character) {
        return character == '/' || character == '\\';
    }

    /** @param beginning the scheme and what follows it; of a network path the scheme is the tenant's */
    private boolean isTenant(String beginning, String authority) {
        String scheme = beginning.equals("//") ? tenant.getScheme() : beginning.substring(0, beginning.indexOf(':'));
        String server = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = server.indexOf(':', server.lastIndexOf(']') + 1);
        String name = colon < 0 ? server : server.substring(0, colon);
        String port = colon < 0 ? "" : server.substring(colon + 1);
        return scheme.equals(tenant.getScheme())
                && name.equalsIgnoreCase(tenant.getHost())
                && (port.isEmpty() ? port(scheme, -1) == port(tenant.getScheme(), tenant.getPort()) : isPort(port));
    }

    private boolean isPort(String port) {
        return port.length() <= 5
                && port.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && Integer.parseInt(port) == port(tenant.getScheme(), tenant.getPort());
    }

    private static int port(String scheme, int port) {
        if (port != -1) {
            return port;
        }
        return scheme.equals("http") ? 80 : 443;
    }
}
