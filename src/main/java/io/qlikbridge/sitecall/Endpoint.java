package io.qlikbridge.sitecall;

/** Where calls enter a site, which decides whom they trust and what they show. */
enum Endpoint {
    /** The repository's own port, by mutual TLS: the uploaded root alone is trusted. */
    REPOSITORY,
    /** The port of the host, behind which the proxy listens: the uploaded root is trusted beside the system's. */
    HOST
}
