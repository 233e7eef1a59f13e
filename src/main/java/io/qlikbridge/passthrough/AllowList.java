package io.qlikbridge.passthrough;

import io.qlikbridge.http1.Characters;
import io.qlikbridge.tenant.ContentRelay;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What of one kind of deployment can be read through the bridge. Compared with the path as it was sent, before anything is decoded,
 * and told apart by characters that mean the same to everybody: so no second reading of a path can lead elsewhere.
 */
final class AllowList {

    private static final String ANY = "*";
    private static final String UUID = "{uuid}";
    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final int LONGEST_SEGMENT = 255;
    private static final Pattern SLASH = Pattern.compile("/");

    private final List<Entry> entries;

    AllowList(List<ContentRelay.Route> routes) {
        this.entries = routes.stream()
                .map(route -> new Entry(route, PassedPath.ROUTE + route.path(), List.of(SLASH.split(route.path()))))
                .toList();
    }

    /**
     * The entry that lets a path pass; empty for what is not on the list.
     *
     * @param path as it was sent, from the tenant's root on, without the slash at its beginning
     */
    Optional<Entry> find(String path) {
        String[] segments = SLASH.split(path, -1);
        for (Entry entry : entries) {
            if (entry.matches(segments)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /**
     * One read that is passed on.
     *
     * @param address the same as an address of the bridge, such as {@code /qlik/{connection}/some/content/*}
     */
    record Entry(ContentRelay.Route route, String address, List<String> segments) {

        private boolean matches(String[] asked) {
            if (asked.length != segments.size()) {
                return false;
            }
            for (int at = 0; at < asked.length; at++) {
                if (!fits(segments.get(at), asked[at])) {
                    return false;
                }
            }
            return true;
        }

        private static boolean fits(String wanted, String asked) {
            return switch (wanted) {
                case ANY -> isPlain(asked);
                case UUID -> UUID_FORM.matcher(asked).matches();
                default -> wanted.equals(asked);
            };
        }
    }

    /** Unreserved characters alone (RFC 3986, section 2.3), and no segment that means another place. */
    private static boolean isPlain(String segment) {
        if (segment.isEmpty() || segment.length() > LONGEST_SEGMENT || segment.equals(".") || segment.equals("..")) {
            return false;
        }
        return Characters.areLettersDigitsOr("._~-", segment);
    }
}
