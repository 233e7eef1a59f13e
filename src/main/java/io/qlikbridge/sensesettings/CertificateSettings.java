package io.qlikbridge.sensesettings;

import java.util.Set;

/**
 * Of a connection that signs in with the site's certificates.
 *
 * @param repositoryPort where the repository service (QRS) listens on the host
 * @param proxyPort where the proxy service (QPS) listens on the host
 */
public record CertificateSettings(String userDirectory, int repositoryPort, int proxyPort, boolean hostNameCheck)
        implements SenseSettings {

    /** Those of a site that nobody has changed. */
    public static final int REPOSITORY_PORT = 4242;

    public static final int PROXY_PORT = 4243;

    /** Nothing is signed. */
    @Override
    public Set<String> addressee() {
        return Set.of();
    }
}
