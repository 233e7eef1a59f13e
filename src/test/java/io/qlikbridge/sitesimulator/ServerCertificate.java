package io.qlikbridge.sitesimulator;

/** What a site shows on its ports. */
public enum ServerCertificate {
    /** For {@code localhost}, and for no address. */
    GOOD,
    /** For {@code 127.0.0.1} as well. */
    WITH_ADDRESS,
    /** Ended yesterday. */
    EXPIRED,
    /** For the names {@code sense-node-1} and {@code sense.example.com} alone. */
    OTHER_NAMES,
    /** For {@code localhost} by its subject, without alternative names. */
    SUBJECT_ONLY,
    /** For clients alone, by its extended key usage. */
    FOR_CLIENTS,
    /** Signed with SHA-1, as on old sites. */
    SHA1,
    /** By nobody but itself. */
    SELF_SIGNED
}
