package io.qlikbridge.keyfile;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The PEM blocks (RFC 7468) of a text that went through people's tools: line breaks lost, doubled, or written as {@code \n};
 * quoted, indented, commented out, percent-encoded, as a string of JSON or source code; with a word processor's dashes;
 * base64 once more, as secrets of Kubernetes are. What is inside a block decides whether it is a key.
 */
public final class PemText {

    private static final Pattern BEGIN = Pattern.compile(
            "-{1,5}\\s{0,9}BEGIN\\s{0,9}([A-Z0-9][A-Z0-9\\s]{0,60}?)\\s{0,9}-{1,5}", Pattern.CASE_INSENSITIVE);
    private static final Pattern OLD_ENCRYPTION = Pattern.compile(
            "^\\s*Proc-Type\\s*:\\s*4\\s*,\\s*ENCRYPTED\\s*DEK-Info\\s*:\\s*([A-Za-z0-9-]+)\\s*,\\s*([0-9A-Fa-f\\s]+)",
            Pattern.CASE_INSENSITIVE);

    /** Two string literals that are put together, and what is left of one. */
    private static final Pattern JOINED = Pattern.compile("[\"']\\s*+(?:[+.&]\\s*+)?(?:\\\\\\s*+)?[\"']");

    private static final Pattern ESCAPE = Pattern.compile("\\\\+(?:u([0-9A-Fa-f]{4})|([nrt/]))");
    private static final Pattern PERCENT = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern MARKUP =
            Pattern.compile("<br ?/?>|&#x?0*[ad1][03]?;|&nbsp;", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINE_START = Pattern.compile("(?m)^[ \\t]*[>|#;*]+[ \\t]*");
    private static final Pattern DASHES = Pattern.compile("[\\p{Pd}\\u2212\\u00ad]");
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");
    private static final Pattern WIDE_BLANKS = Pattern.compile("\\p{Zs}");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]++={0,2}");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]++");
    private static final Pattern DATA_URL = Pattern.compile("^data:[^,]*,");

    /** Shorter than any key of a strength worth reading. */
    private static final int LEAST_WRAPPED = 64;

    /** With the blanks back that got lost between its words. */
    private static final List<String> LABELS = List.of(
            "PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "DSA PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "PUBLIC KEY",
            "RSA PUBLIC KEY",
            "CERTIFICATE REQUEST",
            "NEW CERTIFICATE REQUEST",
            "X509 CERTIFICATE",
            "TRUSTED CERTIFICATE");

    private PemText() {}

    /**
     * One block.
     *
     * @param label such as {@code PRIVATE KEY}
     * @param cipher and {@code iv}: of OpenSSL's own old encryption (RFC 1421); {@code null} without
     * @param content the base64, without blanks; {@code null} when the block does not end
     */
    public record Block(
            String label,
            @Nullable String cipher,
            @Nullable String iv,
            @Nullable String content) {

        public boolean isPrivateKey() {
            return label.endsWith("PRIVATE KEY");
        }

        /** The block with its lines as they should be. */
        String written() {
            String head = cipher == null ? "" : "Proc-Type: 4,ENCRYPTED\nDEK-Info: " + cipher + "," + iv + "\n\n";
            return "-----BEGIN " + label + "-----\n" + head + content + "\n-----END " + label + "-----\n";
        }

        @Override
        public String toString() {
            return "Block[label=" + label + "]";
        }
    }

    /** All blocks of a text, in their order. */
    public static List<Block> blocks(String text) {
        String plain = plain(text);
        List<Block> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(plain);
        while (begin.find()) {
            blocks.add(block(plain, begin));
        }
        return blocks;
    }

    /** Whether a block begins somewhere, even if what follows is cut off. */
    public static boolean begins(String text) {
        return plain(text).contains("-BEGIN");
    }

    /** What a text holds that is base64 or hexadecimal as a whole; {@code null} for another text. */
    public static byte @Nullable [] unwrapped(String text) {
        String dense = BLANKS.matcher(
                        unquoted(DATA_URL.matcher(plain(text).strip()).replaceFirst("")))
                .replaceAll("");
        if (dense.length() < LEAST_WRAPPED) {
            return null;
        }
        if (HEX.matcher(dense).matches() && dense.length() % 2 == 0) {
            return HexFormat.of().parseHex(dense);
        }
        return BASE64.matcher(dense).matches() ? base64(dense) : null;
    }

    /** The bytes of base64 in either alphabet (RFC 4648), padded or not; {@code null} for what is none. */
    public static byte @Nullable [] base64(String text) {
        String usual = text.indexOf('+') < 0 && text.indexOf('/') < 0
                ? text.replace('-', '+').replace('_', '/')
                : text;
        int end = usual.length();
        while (end > 0 && usual.charAt(end - 1) == '=') {
            end--;
        }
        try {
            return Base64.getDecoder().decode(usual.substring(0, end));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static Block block(String text, Matcher begin) {
        String label = label(begin.group(1));
        Matcher end = Pattern.compile(
                        "-{1,5}\\s{0,9}END\\s{0,9}" + spaced(label) + "\\s{0,9}-", Pattern.CASE_INSENSITIVE)
                .matcher(text);
        if (!end.find(begin.end())) {
            return new Block(label, null, null, null);
        }
        String content = text.substring(begin.end(), end.start());
        Matcher old = OLD_ENCRYPTION.matcher(content);
        if (!old.find()) {
            return new Block(label, null, null, dense(content));
        }
        String cipher = old.group(1).toUpperCase(Locale.ROOT);
        // where line breaks are lost, the first characters of the content may look like more of the initial vector
        int length = cipher.startsWith("AES") ? 32 : 16;
        String hex = BLANKS.matcher(content.substring(old.start(2))).replaceAll("");
        return hex.length() < length
                ? new Block(label, null, null, dense(content))
                : new Block(
                        label, cipher, hex.substring(0, length).toUpperCase(Locale.ROOT), dense(hex.substring(length)));
    }

    private static String label(String written) {
        String label = BLANKS.matcher(written.strip()).replaceAll(" ").toUpperCase(Locale.ROOT);
        return LABELS.stream()
                .filter(known -> known.replace(" ", "").equals(label.replace(" ", "")))
                .findFirst()
                .orElse(label);
    }

    private static String spaced(String label) {
        return label.replace(" ", "\\s{0,9}");
    }

    private static String dense(String content) {
        String base64 = BLANKS.matcher(unquoted(content)).replaceAll("");
        // the padding in quoted-printable (RFC 2045)
        return base64.replaceAll("(=3D)+$", "==");
    }

    private static String unquoted(String text) {
        return text.replaceAll("[\"'`,;\\\\]", "");
    }

    /** With line ends for all that means one, plain dashes, and without what was put around the lines. */
    private static String plain(String text) {
        String plain = UNSEEN.matcher(text).replaceAll("");
        plain = WIDE_BLANKS.matcher(plain).replaceAll(" ");
        plain = JOINED.matcher(plain).replaceAll("");
        plain = ESCAPE.matcher(plain).replaceAll(PemText::unescaped);
        if (plain.toUpperCase(Locale.ROOT).contains("%0A") || plain.contains("BEGIN%20") || plain.contains("BEGIN+")) {
            // in a form (the URL standard's application/x-www-form-urlencoded) a blank is a plus, and a plus is %2B
            plain = plain.contains("BEGIN+") ? plain.replace('+', ' ') : plain;
            plain = PERCENT.matcher(plain)
                    .replaceAll(match ->
                            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
        }
        plain = MARKUP.matcher(plain).replaceAll("\n");
        plain = DASHES.matcher(plain).replaceAll("-");
        return LINE_START.matcher(plain).replaceAll("");
    }

    private static String unescaped(MatchResult escape) {
        if (escape.group(1) != null) {
            return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
        }
        return escape.group(2).equals("/") ? "/" : "\n";
    }
}
