package io.qlikbridge.sitesimulator;

import java.util.List;

/** The pair of header and query parameter that keeps forged requests of a browser out, on the repository and the proxy service. */
final class XrfKey {

    static final String REFUSAL = "XSRF prevention check failed. Possible XSRF discovered.";

    private XrfKey() {}

    /** Sixteen letters and digits, the same in both; names in any case. */
    static void check(SiteCall call, SiteSettings settings) {
        List<String> header = call.headers().getOrDefault("X-Qlik-Xrfkey", List.of());
        List<String> parameter = call.parameters("xrfkey");
        if (header.size() != 1
                || !header.equals(parameter)
                || !header.getFirst().matches("[0-9A-Za-z]{16}")) {
            throw refusal(settings);
        }
    }

    static SiteRefusal refusal(SiteSettings settings) {
        // where it is a 400, the body is said not to name the key
        return settings.xsrfStatus == 403
                ? SiteRefusal.of(403, REFUSAL)
                : SiteRefusal.of(settings.xsrfStatus, "Bad Request");
    }
}
