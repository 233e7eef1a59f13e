package io.qlikbridge.sitesimulator;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code X-Qlik-User}, by which whoever holds a client certificate says whom a request is made for. */
final class UserHeader {

    /** With or without a blank after the semicolon; nothing else, and nothing twice. */
    private static final Pattern FORM =
            Pattern.compile("(?i)\\s*UserDirectory\\s*=([^;=]*);\\s*UserId\\s*=([^;=]*?);?\\s*");

    private UserHeader() {}

    /** Values may be percent-encoded UTF-8 or not. */
    static SiteUser read(SiteCall call, SiteSettings settings) {
        List<String> header = call.headers().getOrDefault("X-Qlik-User", List.of());
        Matcher form = FORM.matcher(header.size() == 1 ? header.getFirst() : "");
        if (!form.matches()) {
            throw malformed(settings);
        }
        try {
            return new SiteUser(value(form.group(1)), value(form.group(2)));
        } catch (IllegalArgumentException | CharacterCodingException unreadable) {
            throw malformed(settings);
        }
    }

    private static String value(String sent) throws CharacterCodingException {
        String decoded = sent.contains("%") ? SiteCall.decoded(sent) : asUtf8(sent);
        if (decoded.indexOf('\uFFFD') >= 0) {
            throw new CharacterCodingException();
        }
        return decoded.strip();
    }

    /** Headers are read byte by byte. */
    private static String asUtf8(String sent) throws CharacterCodingException {
        byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static SiteRefusal malformed(SiteSettings settings) {
        return SiteRefusal.of(settings.badUserHeaderStatus, "");
    }
}
