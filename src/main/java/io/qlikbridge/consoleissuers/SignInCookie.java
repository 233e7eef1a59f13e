package io.qlikbridge.consoleissuers;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.consolesession.ConsoleCookies;
import io.qlikbridge.vault.CannotOpen;
import io.qlikbridge.vault.Place;
import io.qlikbridge.vault.Sealed;
import io.qlikbridge.vault.Vault;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps a sign-in that was begun in the browser which began it, sealed by the vault: any replica can go on with it, and beginning as many
 * as one likes takes no memory here. The browser sends it when an issuer leads it back ({@code SameSite=Lax}).
 */
@Component
@ConditionalOnConsole
class SignInCookie {

    static final Duration KEPT = Duration.ofMinutes(10);

    private static final String NAME = "bridge-sign-in";
    private static final Place PLACE = new Place("console_sign_in/cookie", List.of());
    private static final String SEPARATOR = ".";
    private static final int PARTS = 3;
    private static final int LONGEST = 3_000;

    private final Vault vault;
    private final JsonMapper json;
    private final Clock clock;

    SignInCookie(Vault vault, JsonMapper json, Clock clock) {
        this.vault = vault;
        this.json = json;
        this.clock = clock;
    }

    void set(HttpServletRequest request, HttpServletResponse response, BegunSignIn begun) {
        Sealed sealed = vault.seal(json.writeValueAsBytes(begun), PLACE);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String value = Stream.of(
                        sealed.sealedWith().getBytes(StandardCharsets.UTF_8), sealed.nonce(), sealed.ciphertext())
                .map(base64::encodeToString)
                .collect(Collectors.joining(SEPARATOR));
        ConsoleCookies.set(request, response, NAME, value, KEPT);
    }

    void expire(HttpServletRequest request, HttpServletResponse response) {
        ConsoleCookies.expire(request, response, NAME);
    }

    /** The sign-in that this browser has begun; empty for none, one that is too long ago, and what is not ours. */
    Optional<BegunSignIn> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String name = ConsoleCookies.name(request, NAME);
        return Arrays.stream(cookies)
                .filter(cookie -> cookie.getName().equals(name))
                .flatMap(cookie -> open(cookie.getValue()).stream())
                .filter(begun -> clock.instant().isBefore(begun.at().plus(KEPT)))
                .findFirst();
    }

    private Optional<BegunSignIn> open(String cookie) {
        String[] parts = cookie.length() > LONGEST ? new String[0] : cookie.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getUrlDecoder();
            String key = new String(base64.decode(parts[0]), StandardCharsets.UTF_8);
            byte[] opened = vault.open(
                    new Sealed(key, base64.decode(parts[1]), base64.decode(parts[2]), Sealed.TO_ITS_PLACE), PLACE);
            return Optional.of(json.readValue(opened, BegunSignIn.class));
        } catch (IllegalArgumentException | CannotOpen | JacksonException notOurs) {
            return Optional.empty();
        }
    }
}
