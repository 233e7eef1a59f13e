package io.qlikbridge.connectionadmin;

import io.qlikbridge.connection.SigningKeyView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an admin is told of a connection's signing keys.
 *
 * @param active the one that signs now; {@code null} while there is none
 * @param warnings a sentence for each certificate that comes near its end
 */
public record SigningKeysInUse(@Nullable SigningKeyView active, List<String> warnings) {

    static final SigningKeysInUse NONE = new SigningKeysInUse(null, List.of());

    public SigningKeysInUse {
        warnings = List.copyOf(warnings);
    }
}
