package io.qlikbridge.sitesimulator;

/** What a site, or what stands before it, answers to everything. */
public enum BadDay {
    NONE,
    /** 200 and a page, as a company's login does. */
    HTML,
    /** 302 to another host. */
    REDIRECT,
    /** As if no request ever had its pair of keys. */
    XSRF;

    /** Ends the request, but on a good day. */
    void strike(SiteSettings settings) {
        switch (this) {
            case NONE -> {}
            case HTML -> throw new SiteRefusal(Pages.login());
            case REDIRECT -> throw new SiteRefusal(SiteAnswer.redirect("https://login.example.org/?from=sense"));
            case XSRF -> throw XrfKey.refusal(settings);
        }
    }
}
