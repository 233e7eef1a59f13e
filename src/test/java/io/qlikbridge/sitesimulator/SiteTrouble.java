package io.qlikbridge.sitesimulator;

import java.io.IOException;

/** A way in which one call to a site goes wrong. */
public enum SiteTrouble {
    /** No answer, until the caller gives up. The site has not acted. */
    HANG(false),
    /** The connection is reset. The site has not acted. */
    RESET(false),
    /** The connection is closed as it ought to be, without an answer. The site has not acted. */
    CLOSE(false),
    STATUS_401(false),
    STATUS_403(false),
    STATUS_404(false),
    /** With {@code Retry-After: 1}. */
    STATUS_429(false),
    STATUS_500(false),
    STATUS_503(false),
    HTML_502(false),
    HTML_200(false),
    /** JSON that never ends, as fast as it is read. */
    ENDLESS(false),
    /** JSON that never ends, ten bytes a second. */
    DRIP(false),
    /** The site has acted, and nobody is told. */
    HANG_AFTER_IT_ACTED(true),
    RESET_AFTER_IT_ACTED(true),
    HTML_502_AFTER_IT_ACTED(true),
    /** Half of the body, as if that were all. */
    TRUNCATED(true),
    /** Half of the body, and the connection ends. */
    BROKEN_OFF(true);

    private final boolean acted;

    SiteTrouble(boolean acted) {
        this.acted = acted;
    }

    /** Whether the site does what it was asked for. */
    public boolean acted() {
        return acted;
    }

    /** @param answer what the site would have said; nothing came of the request when it has not acted */
    SiteAnswer spoil(SiteAnswer answer, Wire wire) throws IOException {
        return switch (this) {
            case HANG, HANG_AFTER_IT_ACTED -> throw wire.hang();
            case RESET, RESET_AFTER_IT_ACTED -> throw wire.reset();
            case CLOSE -> throw wire.hangUp();
            case STATUS_401 -> SiteAnswer.empty(401);
            case STATUS_403 -> SiteAnswer.of(403, SiteAnswer.TEXT, "Forbidden");
            case STATUS_404 -> SiteAnswer.empty(404);
            case STATUS_429 -> SiteAnswer.empty(429).with("Retry-After", "1");
            case STATUS_500 -> SiteAnswer.of(500, SiteAnswer.TEXT, "Internal server error");
            case STATUS_503 -> SiteAnswer.of(503, SiteAnswer.TEXT, "Service unavailable");
            case HTML_502, HTML_502_AFTER_IT_ACTED -> Pages.badGateway();
            case HTML_200 -> Pages.login();
            case ENDLESS -> SiteAnswer.chunked(SiteAnswer.JSON, wire::writeForEver);
            case DRIP -> SiteAnswer.chunked(SiteAnswer.JSON, wire::drip);
            case TRUNCATED -> answer.truncated();
            case BROKEN_OFF -> answer.brokenOff();
        };
    }
}
