package io.qlikbridge.issuer;

import io.qlikbridge.client.AccessProperties;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells at the start what issuers are believed, where that may surprise, and which property says otherwise. */
final class VouchingNotes {

    private static final Logger log = LoggerFactory.getLogger(VouchingNotes.class);

    private VouchingNotes() {}

    /**
     * @param issuers in the order of their settings
     * @param vouching of each of them
     */
    static void tell(AccessProperties properties, List<Vouching> vouching) {
        List<AccessProperties.Issuer> issuers = properties.issuers();
        boolean only = issuers.size() == 1;
        for (int place = 0; place < issuers.size(); place++) {
            AccessProperties.Issuer issuer = issuers.get(place);
            String setting = TrustedIssuers.setting(place);
            if (only && properties.autoProvision() && issuer.emailDomains() == null) {
                log.info(
                        "The trusted issuer {} vouches for e-mail addresses of every domain. Set {}.email-domains to those whose"
                                + " addresses it checks",
                        issuer.issuerUri(),
                        setting);
            }
            if (!only && issuer.emailDomains() == null) {
                log.warn(
                        "The trusted issuer {} vouches for no e-mail address, since there are others: its people's addresses count"
                                + " as not verified. Set {}.email-domains to the domains whose addresses it checks, or to *",
                        issuer.issuerUri(),
                        setting);
            }
            if (!only && issuer.groups() == null && issuer.groupPrefix().isEmpty()) {
                log.warn(
                        "The trusted issuer {} brings no groups, since there are others. Set {}.groups to those that it may bring,"
                                + " or to *, or {}.group-prefix to what is set before each of them",
                        issuer.issuerUri(),
                        setting,
                        setting);
            }
            for (int other = 0; other < place; other++) {
                if (vouching.get(place)
                        .emailDomains()
                        .overlaps(vouching.get(other).emailDomains())) {
                    log.warn(
                            "The trusted issuers {} and {} vouch for e-mail addresses of the same domain: with {email} in a subject"
                                    + " template, one may name a person of the other. Compare their email-domains",
                            issuers.get(other).issuerUri(),
                            issuer.issuerUri());
                }
            }
        }
    }
}
