package io.qlikbridge.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.LogLines;
import io.qlikbridge.caller.Profile;
import io.qlikbridge.client.AccessCannotStart;
import io.qlikbridge.client.AccessProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VouchingTests {

    private final EmailDomains domains =
            new EmailDomains(List.of("Example.org", "*.below.example", "straße.example", "xn--mnchen-3ya.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "ada+x@EXAMPLE.ORG",
                "a.d.a@a.below.example",
                "ada@a.b.below.example",
                "jörg@straße.example",
                "ada@münchen.example",
                "ada@MÜNCHEN.example",
                "ada@xn--mnchen-3ya.example"
            })
    void domainsHoldTheirAddresses(String address) {
        assertThat(domains.holds(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@example.com",
                "ada@sub.example.org",
                "ada@notexample.org",
                "ada@below.example",
                "ada@example.org.",
                "ada@.example.org",
                "ada@example.org@evil.example",
                "ada@evil.example@example.org",
                "\"ada@evil.example\"@example.org",
                "\"ada\"@example.org",
                "ada(comment)@example.org",
                "ada@(evil)example.org",
                "ada@[example.org]",
                "Ada <ada@example.org>",
                "ada@example.org>",
                "ada @example.org",
                "ada@example.org ",
                "ada@ex ample.org",
                "ada@example.org\n",
                "ada@example.org\u0000",
                "ada\uff20example.org",
                "ada@example\uff0eorg",
                "ada@example\u3002org",
                "ada@\uff45xample.org",
                "ada@example.or\u0261",
                "ada@example.or\u200bg",
                "ada@ex\u0430mple.org",
                "ada@strasse.example",
                "ada@xn--strae-oqa.example.evil",
                "ada,eve@example.org",
                "ada@example.org,eve@evil.example",
                ".ada@example.org",
                "a..da@example.org"
            })
    void domainsHoldNoOtherAddressNorOneInAnOddForm(String address) {
        assertThat(domains.holds(address)).isFalse();
        assertThat(domains.holds(null)).isFalse();
    }

    @Test
    void domainsWhenTheyAreAllHoldEveryPlainAddress() {
        EmailDomains all = new EmailDomains(List.of("*"));

        assertThat(all.holds("ada@anything.example")).isTrue();
        assertThat(all.holds("\"ada\"@anything.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada@example.org",
                "exam ple.org",
                "https://example.org",
                "example.org.",
                "*example.org",
                "ex.*.org"
            })
    void startWhenADomainIsNoneIsRefused(String domain) {
        assertThatExceptionOfType(AccessCannotStart.class)
                .isThrownBy(() -> vouching(true, List.of(domain), null, ""))
                .withMessageContaining("issuers[0].email-domains");
    }

    @Test
    void onlyIssuerIsBelievedAsBefore() {
        Profile kept = vouching(true, null, null, "").of(said());

        assertThat(kept).isEqualTo(said());
    }

    @Test
    void issuerAmongOthersIsBelievedNothingThatIsNotConfigured() {
        Profile kept = vouching(false, null, null, "").of(said());

        assertThat(kept.email()).isEqualTo("ada@example.org");
        assertThat(kept.emailVerified()).isFalse();
        assertThat(kept.groups()).isEmpty();
    }

    @Test
    void issuerAssertsTheGroupsItMayAndWithItsPrefix() {
        assertThat(vouching(false, null, List.of("Sales", "finance"), "")
                        .of(said())
                        .groups())
                .containsExactly("Sales");
        assertThat(vouching(false, null, null, "partner:").of(said()).groups())
                .containsExactly("partner:Finance", "partner:Sales");
        assertThat(vouching(true, null, List.of("Sales"), "partner:").of(said()).groups())
                .containsExactly("partner:Sales");
        assertThat(vouching(false, null, List.of("*"), "").of(said()).groups()).containsExactly("Finance", "Sales");
        assertThat(vouching(true, null, List.of(), "").of(said()).groups()).isEmpty();
    }

    @Test
    void startTellsWhichPropertiesToSet(LogLines log) {
        AccessProperties.Issuer house = issuer("https://one.example", List.of("example.org"), List.of("Sales"), "");
        AccessProperties.Issuer partner = issuer("https://two.example", null, null, "");
        AccessProperties.Issuer overlapping = issuer("https://three.example", List.of("EXAMPLE.org"), null, "p:");

        tell(house, partner, overlapping);

        assertThat(log.own())
                .contains("https://two.example vouches for no e-mail address")
                .contains("bridge.access.issuers[1].email-domains")
                .contains("https://two.example brings no groups")
                .contains("bridge.access.issuers[1].groups")
                .contains("https://one.example and https://three.example vouch")
                .doesNotContain("issuers[0]")
                .doesNotContain("issuers[2]");
    }

    private static void tell(AccessProperties.Issuer... issuers) {
        List<AccessProperties.Issuer> all = List.of(issuers);
        VouchingNotes.tell(
                new AccessProperties(null, null, true, all),
                all.stream()
                        .map(issuer -> Vouching.of(issuer, false, "setting"))
                        .toList());
    }

    private static Profile said() {
        return new Profile("Ada", "ada@example.org", true, List.of("Finance", "Sales"));
    }

    private static Vouching vouching(
            boolean only, @Nullable List<String> domains, @Nullable List<String> groups, String prefix) {
        return Vouching.of(issuer("https://one.example", domains, groups, prefix), only, "issuers[0]");
    }

    private static AccessProperties.Issuer issuer(
            String uri, @Nullable List<String> domains, @Nullable List<String> groups, String prefix) {
        return new AccessProperties.Issuer(
                uri,
                "aud",
                "preferred_username",
                "",
                null,
                null,
                domains,
                groups,
                prefix,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
