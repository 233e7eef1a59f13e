package io.qlikbridge.consolesignin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page that somebody wanted to see before they had to sign in: one of ours alone. */
public final class WantedPage {

    static final String SIGN_IN = "/console/sign-in";
    static final String FIRST_SECRET = "/console/first-secret";
    private static final String FIRST = "/console/overview";

    /** A path below ours, written plainly; no scheme, no host, no way up, nothing that a browser takes for a slash. */
    private static final Pattern OURS =
            Pattern.compile("/console/(?!sign-in|sign-out)[A-Za-z0-9._~%@:$!*+,;=-]+(/[A-Za-z0-9._~%@:$!*+,;=-]+)*"
                    + "(\\?[A-Za-z0-9._~%@:$!*+,;=&/?-]*)?");

    private static final int LONGEST = 2_000;

    private WantedPage() {}

    /** What the request asks for, to come back to; empty for what is no page of ours. */
    public static Optional<String> of(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String query = request.getQueryString();
        return Optional.of(query == null ? path : path + "?" + query).filter(WantedPage::isOurs);
    }

    /** Where to go once signed in, behind the context path. */
    public static String after(@Nullable String wanted) {
        return wanted != null && isOurs(wanted) ? wanted : FIRST;
    }

    private static boolean isOurs(String page) {
        return page.length() <= LONGEST
                && OURS.matcher(page).matches()
                && !page.contains("..")
                && !page.toLowerCase(Locale.ROOT).contains("%2e");
    }
}
