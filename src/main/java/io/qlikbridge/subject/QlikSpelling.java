package io.qlikbridge.subject;

import io.qlikbridge.problem.PlainText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The spelling by which Qlik's section access knows a subject: it reduces an app's data by values in upper case (Qlik
 * contract, section 13), so two subjects that are the same in upper case see the same rows, whatever else tells them apart.
 *
 * <p>NFKC comes first (Unicode Standard Annex 15), so that letters in full width, ligatures and composed letters are what
 * they look like; what nobody sees and blanks at the ends are left out. Where Unicode and a tenant may disagree, such as on
 * {@code ß} and {@code SS}, the two count as the same: to refuse one too many is mended by a mapping, to let one pass is not.
 */
public final class QlikSpelling {

    private static final int LONGEST_KEY = 500;

    private QlikSpelling() {}

    /** The same for all texts that section access may take for one another; not for show. */
    public static String of(String text) {
        if (text.chars().allMatch(character -> character > ' ' && character <= '~')) {
            return text.toUpperCase(Locale.ROOT);
        }
        StringBuilder seen = new StringBuilder();
        text.codePoints().filter(character -> !PlainText.isHidden(character)).forEach(seen::appendCodePoint);
        // by way of lower case, so that the capital of the sharp s is two letters as well
        String upper = Normalizer.normalize(seen, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT);
        return PlainText.tidy(Normalizer.normalize(upper, Normalizer.Form.NFKC));
    }

    /** The same, to be kept and compared: of a spelling that is longer than any index takes, its hash. */
    public static String key(String text) {
        String spelling = of(text);
        if (spelling.length() <= LONGEST_KEY) {
            return spelling;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(spelling.getBytes(StandardCharsets.UTF_8));
            return "sha-256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether section access may take one for the other. */
    public static boolean isSame(String one, String other) {
        return one.equals(other) || of(one).equals(of(other));
    }
}
