package io.qlikbridge.consolesession;

import io.qlikbridge.vault.CannotOpen;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.Vault;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.session.web.http.HttpSessionIdResolver;

/**
 * Keeps a session's id in the browser sealed by the vault: who reads the database, or a copy of it, learns no cookie, and nobody can
 * choose an id for somebody else. The browser sends it to this host alone ({@code __Host-}, RFC 6265bis, section 4.1.3.2).
 */
class SealedSessionIds implements HttpSessionIdResolver {

    private static final String NAME = "bridge-session";
    private static final Place PLACE = new Place("console_session/cookie", List.of());
    private static final String SEPARATOR = ".";
    private static final int PARTS = 3;
    private static final int LONGEST = 400;

    private final Vault vault;

    SealedSessionIds(Vault vault) {
        this.vault = vault;
    }

    @Override
    public List<String> resolveSessionIds(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return List.of();
        }
        String name = ConsoleCookies.name(request, NAME);
        return Arrays.stream(cookies)
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> open(cookie.getValue()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void setSessionId(HttpServletRequest request, HttpServletResponse response, String sessionId) {
        ConsoleCookies.set(request, response, NAME, seal(sessionId));
    }

    @Override
    public void expireSession(HttpServletRequest request, HttpServletResponse response) {
        ConsoleCookies.expire(request, response, NAME);
    }

    private String seal(String sessionId) {
        Sealed sealed = vault.seal(sessionId, PLACE);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return Stream.of(sealed.sealedWith().getBytes(StandardCharsets.UTF_8), sealed.nonce(), sealed.ciphertext())
                .map(base64::encodeToString)
                .collect(Collectors.joining(SEPARATOR));
    }

    private Optional<String> open(String cookie) {
        String[] parts = cookie.length() > LONGEST ? new String[0] : cookie.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getUrlDecoder();
            String key = new String(base64.decode(parts[0]), StandardCharsets.UTF_8);
            return Optional.of(vault.openText(
                    new Sealed(key, base64.decode(parts[1]), base64.decode(parts[2]), Sealed.TO_ITS_PLACE), PLACE));
        } catch (IllegalArgumentException | CannotOpen notOurs) {
            return Optional.empty();
        }
    }
}
