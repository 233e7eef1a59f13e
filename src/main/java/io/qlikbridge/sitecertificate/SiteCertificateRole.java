package io.qlikbridge.sitecertificate;

import java.util.Locale;

/** What a certificate of a site is for. */
enum SiteCertificateRole {
    /** The bridge shows it to the site. */
    CLIENT,
    /** The site's servers are checked against it. */
    ROOT;

    String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
