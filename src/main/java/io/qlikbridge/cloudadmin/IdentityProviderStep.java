package io.qlikbridge.cloudadmin;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.SigningKeyView;
import io.qlikbridge.probe.ProbeOutcome;
import io.qlikbridge.setup.SetupFinding;
import io.qlikbridge.signing.SigningKey;
import io.qlikbridge.signing.SigningKeyStore;
import io.qlikbridge.signing.SigningKeys;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The identity provider that holds a signing key's certificate: found by issuer, key id and the key in its certificate, or else made
 * (contract, section 8).
 */
@Component
class IdentityProviderStep {

    static final String PATH = "/api/v1/identity-providers";

    private final AdminCalls calls;
    private final IdentityProviderMaker maker;
    private final SigningKeys keys;
    private final SigningKeyStore store;

    IdentityProviderStep(AdminCalls calls, IdentityProviderMaker maker, SigningKeys keys, SigningKeyStore store) {
        this.calls = calls;
        this.maker = maker;
        this.keys = keys;
        this.store = store;
    }

    /** {@code signing-key-not-found} where there is no key of this id. */
    void requireKey(Connection connection, @Nullable String kid) {
        if (kid != null) {
            keys.of(connection.id(), kid);
        }
    }

    SetupFinding take(AdminVisit visit) {
        SigningKey key = key(visit.connection().id(), visit.order().kid());
        CertifiedKey ours = CertifiedKey.in(key.certificate())
                .orElseThrow(() -> new IllegalStateException("The certificate of " + key.kid() + " cannot be read"));
        SetupFinding found = found(named(visit, key), key, ours);
        if (found != null) {
            return found;
        }
        if (visit.order().dryRun()) {
            return SetupFinding.skipped("An identity provider would be made with the issuer " + issuer(visit)
                    + " and the certificate of the key " + key.kid() + ".");
        }
        visit.order().proceed().run();
        String id = maker.make(visit, key, issuer(visit), () -> found(named(visit, key), key, ours));
        return SetupFinding.made(
                "An identity provider was made with the issuer " + issuer(visit) + " and the certificate of the key "
                        + key.kid() + ".",
                id,
                () -> calls.delete(visit.connection(), visit.signedIn(), "identity-provider", PATH, id));
    }

    private SigningKey key(ConnectionId connection, @Nullable String kid) {
        String wanted = kid != null
                ? kid
                : keys.active(connection).map(SigningKeyView::kid).orElse(null);
        if (wanted == null) {
            throw ProbeOutcome.failed(
                    "The connection " + connection + " has no active signing key.",
                    "Upload a signing key, or have one generated, under signing-keys of the connection.");
        }
        return store.of(connection, wanted);
    }

    private List<KnownProvider> named(AdminVisit visit, SigningKey key) {
        List<JsonNode> all = calls.list(
                visit.connection(), visit.signedIn(), "identity-providers", PATH, "next", KnownProvider.WANTED);
        if (all == null) {
            throw ProbeOutcome.failed(
                    "The tenant lists more than " + AdminCalls.MOST_PAGES * AdminCalls.PAGE + " identity providers.",
                    "Delete what is no longer used, or make the identity provider by hand.");
        }
        return all.stream()
                .map(KnownProvider::of)
                .filter(one -> one.issuer().equals(issuer(visit)) && one.kid().equals(key.kid()))
                .toList();
    }

    /** What is there of this issuer and key id; {@code null} for nothing. */
    private static @Nullable SetupFinding found(List<KnownProvider> named, SigningKey key, CertifiedKey ours) {
        if (named.isEmpty()) {
            return null;
        }
        List<KnownProvider> others = named.stream()
                .filter(one -> !one.key().equals(Optional.of(ours)))
                .toList();
        List<KnownProvider> same =
                named.stream().filter(one -> !others.contains(one)).toList();
        if (same.isEmpty()) {
            throw ProbeOutcome.failed(
                    "The tenant has an identity provider with this issuer and the key id " + key.kid()
                            + ", and another certificate in it: " + ids(others) + ". The key of the connection is "
                            + ours.fingerprint() + ", the tenant's is " + fingerprints(others) + ".",
                    "An identity provider holds one key for good. If nothing else signs with that key id, delete it in the tenant's"
                            + " administration and run the setup again; else give the connection a signing key with another kid.");
        }
        String extra = others.isEmpty()
                ? null
                : "Delete " + ids(others)
                        + " in the tenant's administration: it has the same issuer and key id, and another"
                        + " certificate, which the tenant may compare with instead.";
        return same.stream()
                .filter(KnownProvider::active)
                .findFirst()
                .map(one -> SetupFinding.there(
                        "The identity provider is there, with the certificate of the key " + key.kid() + "."
                                + (same.size() > 1 ? " There are several: " + ids(same) + "." : ""),
                        extra,
                        one.id()))
                .orElseThrow(() -> ProbeOutcome.failed(
                        "The identity provider " + ids(same) + " has the certificate of the key " + key.kid()
                                + ", and is not active.",
                        "Activate it in the tenant's administration, or delete it and run the setup again."));
    }

    private static String ids(List<KnownProvider> providers) {
        return providers.stream().map(KnownProvider::id).collect(Collectors.joining(", "));
    }

    private static String fingerprints(List<KnownProvider> providers) {
        return providers.stream()
                .map(one -> one.key().map(CertifiedKey::fingerprint).orElse("one that cannot be read"))
                .collect(Collectors.joining(", "));
    }

    private static String issuer(AdminVisit visit) {
        return CloudSettings.of(visit.connection()).requireIssuer();
    }
}
