package io.qlikbridge.sitecertificate;

import io.qlikbridge.connection.Connection;

/** Knows which connections have certificates of a site. The adapter's settings implement it. */
public interface SiteKind {

    boolean isSite(Connection connection);

    /** Whether the bridge signs in at the site with a client certificate, so that the root alone is not enough. */
    boolean needsClient(Connection connection);
}
