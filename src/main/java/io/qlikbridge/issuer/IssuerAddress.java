package io.qlikbridge.issuer;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the public keys of an issuer are.
 *
 * @param issuer its address, without a slash at the end
 * @param configured where its keys are; {@code null} where discovery tells
 * @param setting the name of the issuer's properties
 */
record IssuerAddress(
        String issuer, @Nullable URI configured, String setting, IssuerDocuments documents, IssuerTrouble trouble) {

    boolean isConfigured() {
        return configured != null;
    }

    /** By OpenID Connect Discovery 1.0, section 4, unless configured. */
    URI find() throws UnreadableKeys {
        if (configured != null) {
            return configured;
        }
        try {
            return discover();
        } catch (UnreadableKeys failed) {
            String because =
                    failed.getMessage() + ". If its keys are at an address that this replica reaches otherwise, set "
                            + setting + ".jwk-set-uri";
            trouble.is(failed.trouble(), because);
            throw failed;
        }
    }

    private URI discover() throws UnreadableKeys {
        return IssuerMetadata.read(issuer, setting, documents).endpoint("jwks_uri", "the keys");
    }
}
