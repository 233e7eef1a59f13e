package io.qlikbridge.issuer;

import java.net.IDN;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The domains whose e-mail addresses an issuer vouches for. Domains are compared without regard to case, in Unicode or as
 * A-labels (RFC 5890). {@code example.org} is that domain alone; {@code .example.org} or {@code *.example.org} are those below it;
 * {@code *} is every domain.
 *
 * <p>An address in an odd form is of no domain, so that none is vouched for because two readers see another domain in it: with
 * quotes, comments or a second {@code @} (RFC 5322, section 3.4.1), a dot at an end, an address in brackets, or characters that are
 * others by compatibility, such as full width (Unicode Standard Annex 15).
 */
final class EmailDomains {

    private static final String EVERY = "*";
    private static final Pattern ATOMS =
            Pattern.compile("[\\p{L}\\p{N}\\p{M}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}\\p{M}!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern LABELS =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}-]*(\\.[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}-]*)*");
    private static final int LONGEST = 254;

    private final boolean every;
    private final Set<String> exact = new HashSet<>();
    private final Set<String> above = new HashSet<>();

    /**
     * @param domains in one of the four forms
     * @throws IllegalArgumentException naming the one that is in none
     */
    EmailDomains(List<String> domains) {
        this.every = domains.contains(EVERY);
        for (String domain : domains) {
            if (!domain.equals(EVERY)) {
                add(domain);
            }
        }
    }

    private void add(String domain) {
        String text = domain.startsWith("*.") ? domain.substring(1) : domain;
        boolean below = text.startsWith(".");
        String canonical =
                canonical(below ? text.substring(1) : text).orElseThrow(() -> new IllegalArgumentException(domain));
        (below ? above : exact).add(canonical);
    }

    boolean holds(@Nullable String address) {
        if (address == null || address.length() > LONGEST) {
            return false;
        }
        int at = address.indexOf('@');
        if (at < 0 || !ATOMS.matcher(address.substring(0, at)).matches()) {
            return false;
        }
        return canonical(address.substring(at + 1)).filter(this::has).isPresent();
    }

    /** Whether an address can be of both. */
    boolean overlaps(EmailDomains other) {
        return every
                || other.every
                || exact.stream().anyMatch(other::has)
                || other.exact.stream().anyMatch(this::has)
                || above.stream()
                        .anyMatch(one -> other.above.stream()
                                .anyMatch(
                                        two -> one.equals(two) || one.endsWith("." + two) || two.endsWith("." + one)));
    }

    private boolean has(String canonical) {
        return every
                || exact.contains(canonical)
                || above.stream().anyMatch(domain -> canonical.endsWith("." + domain));
    }

    /** In lower case and Unicode; empty for what is no domain, or not written plainly. */
    private static Optional<String> canonical(String domain) {
        if (!Normalizer.isNormalized(domain, Normalizer.Form.NFKC)
                || !LABELS.matcher(domain).matches()) {
            return Optional.empty();
        }
        String lower = domain.toLowerCase(Locale.ROOT);
        String unicode = lower.contains("xn--") ? IDN.toUnicode(lower) : lower;
        return Normalizer.isNormalized(unicode, Normalizer.Form.NFKC)
                        && LABELS.matcher(unicode).matches()
                        && unicode.equals(unicode.toLowerCase(Locale.ROOT))
                ? Optional.of(unicode)
                : Optional.empty();
    }
}
