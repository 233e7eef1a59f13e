package io.qlikbridge.sitesimulator;

/** How a virtual proxy says that a caller has no session, or none any more: sites differ. */
public enum SignedOut {
    /** 302 to a page to log on. */
    REDIRECT,
    /** 401 without a body. */
    UNAUTHORIZED,
    /** 403 without a body. */
    FORBIDDEN,
    /** 200 and the page itself. */
    LOGIN_PAGE;

    SiteAnswer answer(String prefix) {
        return switch (this) {
            case REDIRECT ->
                SiteAnswer.redirect(
                        (prefix.isEmpty() ? "" : "/" + prefix) + "/internal_forms_authentication/?targetId=0");
            case UNAUTHORIZED -> SiteAnswer.empty(401);
            case FORBIDDEN -> SiteAnswer.empty(403);
            case LOGIN_PAGE -> Pages.login();
        };
    }
}
