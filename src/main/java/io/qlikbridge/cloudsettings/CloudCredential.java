package io.qlikbridge.cloudsettings;

/** What a tenant issues to a user, and the bridge keeps as the lease. */
public enum CloudCredential {
    /** Made by a session, and handed to jobs as their token. */
    API_KEY,
    /** Cookies, which the bridge alone shows. */
    SESSION,
    /** Of an OAuth client for the user, and handed to jobs as their token. */
    ACCESS_TOKEN
}
