package io.qlikbridge.sensesettings;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of a connection that signs in with a JWT through a virtual proxy.
 *
 * @param virtualProxy its prefix without slashes; empty for the default virtual proxy
 * @param userIdClaim the claim that the virtual proxy takes the user id from
 * @param userDirectoryClaim the claim that it takes the user directory from
 * @param audience the {@code aud} of every token, where the virtual proxy asks for one
 * @param tokenExpiry how long a token lasts that is handed out
 */
public record JwtSettings(
        String virtualProxy,
        String userDirectory,
        String userIdClaim,
        String userDirectoryClaim,
        @Nullable String audience,
        TokenExpiry tokenExpiry,
        boolean hostNameCheck)
        implements SenseSettings {

    public static final String USER_ID_CLAIM = "userId";
    public static final String USER_DIRECTORY_CLAIM = "userDirectory";
    public static final TokenExpiry USUAL_EXPIRY = new TokenExpiry("PT1H");

    private static final Set<String> ADDRESSEE = Set.of("virtualProxy", "audience");

    /** What its addresses begin with behind the host: empty, or a slash and the prefix. */
    public String path() {
        return virtualProxy.isEmpty() ? "" : "/" + virtualProxy;
    }

    @Override
    public Set<String> addressee() {
        return ADDRESSEE;
    }
}
