package io.qlikbridge.issuer;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.qlikbridge.caller.TokenRules;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer says of itself (OpenID Connect Discovery 1.0, section 3).
 *
 * @param address where it says so
 * @param issuer its name, letter by letter as in {@code iss}
 */
record IssuerMetadata(URI address, String issuer, Map<String, Object> members) {

    /**
     * By OpenID Connect Discovery 1.0, section 4.
     *
     * @param issuer its address, without a slash at the end
     * @param setting the name of the issuer's properties
     */
    static IssuerMetadata read(String issuer, String setting, IssuerDocuments documents) throws UnreadableKeys {
        URI address = URI.create(issuer + "/.well-known/openid-configuration");
        try {
            Map<String, Object> members = JSONObjectUtils.parse(documents.read(address));
            String named = JSONObjectUtils.getString(members, "issuer");
            // section 4.3
            if (named == null || !TokenRules.sameIssuer(issuer, named)) {
                throw new UnreadableKeys(
                        IssuerTrouble.Cause.ANOTHER_ISSUER,
                        address + " names another issuer than itself: compare " + setting
                                + ".issuer-uri letter by letter");
            }
            return new IssuerMetadata(address, named, members);
        } catch (ParseException | IllegalArgumentException unreadable) {
            throw new UnreadableKeys(
                    IssuerTrouble.Cause.UNREADABLE,
                    address + " answered with something else than an issuer's metadata");
        }
    }

    /**
     * An address that has to be there.
     *
     * @param what is to be had there
     */
    URI endpoint(String member, String what) throws UnreadableKeys {
        return optional(member)
                .orElseThrow(() -> new UnreadableKeys(
                        IssuerTrouble.Cause.UNREADABLE,
                        address + " names no https address for " + what + " (" + member + ")"));
    }

    /** An address that may be there. One that is none, or leads from TLS to none, is not. */
    Optional<URI> optional(String member) {
        return members.get(member) instanceof String text ? Optional.ofNullable(usable(text)) : Optional.empty();
    }

    private @Nullable URI usable(String text) {
        try {
            URI uri = URI.create(text);
            boolean safe = "https".equals(uri.getScheme())
                    || "http".equals(uri.getScheme()) && address.getScheme().equals("http");
            return safe && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null
                    ? uri
                    : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** Whether a list has this text in it; {@code otherwise} where there is no such list. */
    boolean lists(String member, String text, boolean otherwise) {
        return members.get(member) instanceof List<?> list ? list.contains(text) : otherwise;
    }

    boolean says(String member) {
        return Boolean.TRUE.equals(members.get(member));
    }
}
