package io.qlikbridge.sitefile;

import io.qlikbridge.keyfile.RsaKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the bridge signs in with at a site.
 *
 * @param chain the client's certificate, and behind it each issuer that came along, the root left out
 */
public record ClientIdentity(List<X509Certificate> chain, RsaKey key) {

    public ClientIdentity {
        chain = List.copyOf(chain);
    }

    /** The client's own. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    @Override
    public String toString() {
        return "ClientIdentity[" + certificate().getSubjectX500Principal() + "]";
    }
}
