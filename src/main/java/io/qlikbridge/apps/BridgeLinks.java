package io.qlikbridge.apps;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where links to a tenant lead when a caller gets them from the bridge: to the bridge, so that whoever follows one does not
 * show its bridge token to the tenant. A tenant that is called by an alias may write its generated host name into links
 * (contract, section 7.1), so an address of a Qlik API is taken for the tenant's whatever its host is.
 */
final class BridgeLinks {

    private static final String API = "/api/";

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
     * spelled as the connection spells it.
     *
     * @return how many bytes that stands for; 0, and nothing written, for any other
     */
    int writePlain(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        int length = plainTenant.length;
        if (to - from < length || !Arrays.equals(bytes, from, from + length, plainTenant, 0, length)) {
            return 0;
        }
        out.write(plainBase);
        return length;
    }

    /** What takes the place of the beginning of an address. */
    record Change(int end, String replacement) {}

    /**
     * What to change of an address, or of its beginning.
     *
     * @param whole whether {@code address} is all of it; of a beginning that says too little nothing is changed
     * @return {@code null} for an address that leads elsewhere, or from where it stands
     */
    @Nullable
    Change change(String address, boolean whole) {
        if (address.startsWith("/") && !address.startsWith("//")) {
            return new Change(0, path);
        }
        int start = authority(address);
        if (start < 0) {
            return null;
        }
        int end = start;
        while (end < address.length() && "/?#\\".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        if (end == address.length() && !whole) {
            return null;
        }
        boolean ours = isTenant(address.substring(0, start), address.substring(start, end));
        return ours || address.startsWith(API, end) ? new Change(end, base) : null;
    }

    /** The same address at the bridge; {@code null} when it leads elsewhere. */
    @Nullable
    String changed(String address) {
        Change change = change(address, true);
        return change == null ? null : change.replacement() + address.substring(change.end());
    }

    /** Where the host begins; negative where there is none. */
    private static int authority(String address) {
        if (address.startsWith("//")) {
            return 2;
        }
        for (String scheme : new String[] {"https://", "http://"}) {
            if (address.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return -1;
    }

    /** @param beginning the scheme and what follows it; of a network path the scheme is the tenant's */
    private boolean isTenant(String beginning, String authority) {
        String scheme = beginning.equals("//")
                ? tenant.getScheme()
                : beginning.substring(0, beginning.indexOf(':')).toLowerCase(Locale.ROOT);
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
