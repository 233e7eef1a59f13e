package io.qlikbridge.issuer;

import io.qlikbridge.caller.Profile;
import io.qlikbridge.client.AccessCannotStart;
import io.qlikbridge.client.AccessProperties;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer is believed about a person, besides the name.
 *
 * @param emailDomains of the addresses that it vouches for
 * @param groups those that it may assert; {@code *} for all
 * @param groupPrefix set before each of them, so that a group of its own is not one of the house's
 */
record Vouching(EmailDomains emailDomains, Set<String> groups, String groupPrefix) {

    private static final String ALL = "*";

    Vouching {
        groups = Set.copyOf(groups);
    }

    /**
     * As configured. What is not said is everything for the only issuer, and nothing where there are several: none of them can be
     * taken for another then.
     *
     * @param only whether there is no other issuer
     * @param setting the name of the issuer's properties
     * @throws AccessCannotStart when a domain is none
     */
    static Vouching of(AccessProperties.Issuer settings, boolean only, String setting) {
        List<String> unsaid = only ? List.of(ALL) : List.of();
        List<String> groups = settings.groups();
        List<String> asserted = groups == null ? settings.groupPrefix().isEmpty() ? unsaid : List.of(ALL) : groups;
        return new Vouching(
                domains(settings.emailDomains(), unsaid, setting), Set.copyOf(asserted), settings.groupPrefix());
    }

    private static EmailDomains domains(@Nullable List<String> configured, List<String> unsaid, String setting) {
        try {
            return new EmailDomains(configured == null ? unsaid : configured);
        } catch (IllegalArgumentException wrong) {
            throw new AccessCannotStart(
                    "\"" + wrong.getMessage() + "\" in " + setting + ".email-domains is no domain.",
                    "Write example.org for that domain alone, *.example.org for those below it, or * for all.");
        }
    }

    /** What is kept of what the issuer says. */
    Profile of(Profile said) {
        List<String> kept = said.groups().stream()
                .filter(group -> groups.contains(ALL) || groups.contains(group))
                .map(groupPrefix::concat)
                .toList();
        return new Profile(said.name(), said.email(), said.emailVerified() && emailDomains.holds(said.email()), kept);
    }
}
