package io.qlikbridge.issuer;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.qlikbridge.caller.TokenRules;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
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
        URI address = URI.create(issuer + "/.well-known/openid-configuration");
        try {
            Map<String, Object> configuration = JSONObjectUtils.parse(documents.read(address));
            // section 4.3
            if (!TokenRules.sameIssuer(issuer, JSONObjectUtils.getString(configuration, "issuer"))) {
                throw new UnreadableKeys(
                        IssuerTrouble.Cause.ANOTHER_ISSUER,
                        address + " names another issuer than itself: compare " + setting
                                + ".issuer-uri letter by letter");
            }
            return keysOf(address, JSONObjectUtils.getString(configuration, "jwks_uri"));
        } catch (ParseException | IllegalArgumentException unreadable) {
            throw new UnreadableKeys(
                    IssuerTrouble.Cause.UNREADABLE,
                    address + " answered with something else than an issuer's metadata");
        }
    }

    private URI keysOf(URI address, @Nullable String keys) throws UnreadableKeys {
        URI uri = keys == null ? null : URI.create(keys);
        if (uri == null || uri.getHost() == null || issuer.startsWith("https:") && !"https".equals(uri.getScheme())) {
            throw new UnreadableKeys(
                    IssuerTrouble.Cause.UNREADABLE, address + " names no https address for the keys (jwks_uri)");
        }
        return uri;
    }
}
