package io.qlikbridge.issuer;

import io.qlikbridge.client.AccessCannotStart;
import io.qlikbridge.client.AccessProperties;
import io.qlikbridge.client.AllowedConnections;
import io.qlikbridge.client.Scope;
import io.qlikbridge.problem.PlainText;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far an issuer is trusted, as the operator has set it.
 *
 * @param connections where its persons may act
 * @param scopes what its persons may do, apart from what the admin role brings
 * @param maxValidity the longest that a token handed to a person may be asked to last; {@code null} for no limit but the
 *     connection's expiry
 */
record IssuerLimits(
        AllowedConnections connections,
        Set<Scope> scopes,
        @Nullable Duration maxValidity) {

    private static final Set<Scope> FOR_PERSONS = Set.of(Scope.APPS, Scope.TOKENS);

    IssuerLimits {
        scopes = Set.copyOf(scopes);
    }

    /**
     * Reads the settings of one issuer.
     *
     * @param setting the property they stand below, such as {@code bridge.access.issuers[0]}
     * @throws AccessCannotStart for what could only be a mistake
     */
    static IssuerLimits of(AccessProperties.Issuer settings, String setting) {
        each(settings.groups(), setting + ".groups", IssuerLimits::isName, "the name of a group");
        requirePrefix(settings.groupPrefix(), setting + ".group-prefix");
        requireKeysAddress(settings.jwkSetUri(), setting + ".jwk-set-uri");
        List<String> connections = each(
                settings.connections(),
                setting + ".connections",
                AllowedConnections::isEntry,
                "a connection's id, or *");
        List<String> scopes = each(
                settings.scopes(), setting + ".scopes", IssuerLimits::isForPersons, "bridge.apps or bridge.tokens");
        return new IssuerLimits(
                connections == null ? AllowedConnections.EVERYWHERE : new AllowedConnections(connections),
                scopes == null ? FOR_PERSONS : scopes(scopes),
                longest(settings.maxValidity(), setting + ".max-validity"));
    }

    /** The list itself. One that is there and empty says nothing, or everything: it is not guessed which. */
    private static @Nullable List<String> each(
            @Nullable List<String> values, String setting, Predicate<String> good, String form) {
        if (values == null) {
            return null;
        }
        if (values.isEmpty()) {
            throw new AccessCannotStart(
                    setting + " is empty.",
                    "Leave it out for no limit, or name in it what is allowed: each entry is " + form + ".");
        }
        for (String value : values) {
            if (!good.test(value)) {
                throw new AccessCannotStart(
                        setting + " has an entry that is not " + form + ": \"" + value + "\".", "Change or remove it.");
            }
        }
        return values;
    }

    private static boolean isName(String value) {
        return !value.isBlank() && value.equals(value.strip()) && PlainText.isPlain(value);
    }

    private static boolean isForPersons(String value) {
        return Scope.of(value).filter(FOR_PERSONS::contains).isPresent();
    }

    private static Set<Scope> scopes(List<String> values) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        values.forEach(value -> Scope.of(value).ifPresent(scopes::add));
        return scopes;
    }

    private static void requirePrefix(String prefix, String setting) {
        if (!prefix.equals(prefix.stripLeading()) || !PlainText.isPlain(prefix)) {
            throw new AccessCannotStart(
                    setting + " begins with a blank, or has control characters: no group could have it.",
                    "Write it as the groups of users are to begin, such as partner:.");
        }
    }

    private static void requireKeysAddress(@Nullable String address, String setting) {
        if (address == null) {
            return;
        }
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))) {
                return;
            }
        } catch (IllegalArgumentException malformed) {
            // answered below
        }
        throw new AccessCannotStart(
                setting + " is not the address of a key set.",
                "Set it to the https address at which the issuer's public keys are (its jwks_uri), or leave it out to"
                        + " have it discovered.");
    }

    private static @Nullable Duration longest(@Nullable Duration limit, String setting) {
        if (limit != null && (limit.isZero() || limit.isNegative())) {
            throw new AccessCannotStart(
                    setting + " is not longer than nothing: " + limit + ".",
                    "Set it to the longest that a person's token may be asked to last, such as PT1H. To hand no tokens to"
                            + " persons, leave bridge.tokens out of scopes.");
        }
        return limit;
    }
}
