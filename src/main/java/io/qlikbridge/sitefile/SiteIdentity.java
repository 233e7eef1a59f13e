package io.qlikbridge.sitefile;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a site, found good.
 *
 * @param client {@code null} where the root alone was uploaded
 * @param root self-signed; where there is a client, its chain leads here
 */
public record SiteIdentity(@Nullable ClientIdentity client, X509Certificate root) {

    @Override
    public String toString() {
        return "SiteIdentity[client=" + client + ", root=" + root.getSubjectX500Principal() + "]";
    }
}
