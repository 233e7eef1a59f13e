package io.qlikbridge.signing;

import io.qlikbridge.problem.BridgeException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id an admin gives a key: it stands in assertions ({@code kid}) and in paths, so it is safe in both. */
public record KeyId(String value) {

    /** Not {@code .} and {@code ..}, which no path keeps. */
    private static final Pattern URL_SAFE = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~-]{1,128}");

    /** Whether a key may have this id. */
    static boolean isPossible(String value) {
        return URL_SAFE.matcher(value).matches();
    }

    /**
     * The id that was asked for, {@code null} when none was.
     *
     * @param pointer where it stands in the request, for {@code invalid-request}
     */
    public static @Nullable KeyId asked(String pointer, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!isPossible(value)) {
            throw BridgeException.invalid(pointer, "is 1 to 128 of A-Z, a-z, 0-9, '.', '_', '~' and '-'");
        }
        return new KeyId(value);
    }
}
