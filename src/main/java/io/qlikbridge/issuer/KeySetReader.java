package io.qlikbridge.issuer;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads an issuer's JSON Web Key Set (RFC 7517, section 5), and tells what is wrong with it. */
class KeySetReader implements ResourceRetriever {

    private final IssuerDocuments documents;
    private final IssuerTrouble trouble;

    KeySetReader(IssuerDocuments documents, IssuerTrouble trouble) {
        this.documents = documents;
        this.trouble = trouble;
    }

    /** The public keys of the set that signatures can be verified with. */
    @Override
    public Resource retrieveResource(URL address) throws IOException {
        try {
            JWKSet keys = usable(address.toString(), documents.read(URI.create(address.toString())));
            trouble.isOver();
            return new Resource(keys.toString(), "application/json");
        } catch (UnreadableKeys failed) {
            trouble.is(failed.trouble(), String.valueOf(failed.getMessage()));
            throw failed;
        }
    }

    private JWKSet usable(String address, String text) throws UnreadableKeys {
        JWKSet all = parsed(address, text);
        List<JWK> usable = new ArrayList<>();
        Set<String> oddities = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (JWK key : all.getKeys()) {
            if (key.getKeyType().equals(KeyType.OCT)) {
                oddities.add("is a shared secret (oct), which everybody can read there: it is not used, change it");
            } else if (key.isPrivate()) {
                oddities.add("is a private key, which everybody can read there: it is not used, change it");
            } else if (key.getKeyType().equals(KeyType.RSA) || key.getKeyType().equals(KeyType.EC)) {
                usable.add(key);
                if (key.getKeyID() != null && !ids.add(key.getKeyID())) {
                    oddities.add("two have the same id (kid): each of them is tried");
                }
            }
        }
        trouble.isOdd(String.join("; ", oddities.stream().sorted().toList()));
        if (usable.isEmpty()) {
            throw new UnreadableKeys(
                    IssuerTrouble.Cause.UNREADABLE,
                    all.isEmpty()
                            ? address + " holds no keys"
                            : address + " holds no public RSA or EC key: tokens have to be signed with one");
        }
        return new JWKSet(usable);
    }

    private static JWKSet parsed(String address, String text) throws UnreadableKeys {
        try {
            return JWKSet.parse(text);
        } catch (ParseException | IllegalArgumentException noSet) {
            throw new UnreadableKeys(
                    IssuerTrouble.Cause.UNREADABLE,
                    address
                            + " answered with something else than a JSON Web Key Set: compare jwk-set-uri, or the issuer's"
                            + " jwks_uri");
        }
    }
}
