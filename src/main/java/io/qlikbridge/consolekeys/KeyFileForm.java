package io.qlikbridge.consolekeys;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.keyadmin.ManagedSigningKeys;
import io.qlikbridge.keyfile.KeyUpload;
import io.qlikbridge.keyfile.UnreadableKey;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The form with the file of a private key. What is secret of it is given on once, and overwritten then. */
final class KeyFileForm {

    static final String FILE = "key-file";
    static final String KID = "key-id";
    static final String PASSPHRASE = "key-passphrase";
    static final String SHARED = "key-shared";

    private final byte[] file;
    private final char @Nullable [] passphrase;
    private final String kid;
    private final boolean shared;
    private final @Nullable BridgeException tooLarge;

    private KeyFileForm(
            byte[] file, char @Nullable [] passphrase, String kid, boolean shared, @Nullable BridgeException tooLarge) {
        this.file = file;
        this.passphrase = passphrase;
        this.kid = kid;
        this.shared = shared;
        this.tooLarge = tooLarge;
    }

    static KeyFileForm of(HttpServletRequest request) throws IOException, ServletException {
        String kid = Objects.requireNonNullElse(request.getParameter(KID), "").strip();
        boolean shared = request.getParameter(SHARED) != null;
        try {
            byte[] file = KeyUpload.field(request, FILE);
            return new KeyFileForm(
                    file == null ? new byte[0] : file, KeyUpload.passphrase(request, PASSPHRASE), kid, shared, null);
        } catch (BridgeException tooLarge) {
            return new KeyFileForm(new byte[0], null, kid, shared, tooLarge);
        }
    }

    void give(ManagedSigningKeys keys, ConnectionId connection) {
        if (tooLarge != null) {
            throw tooLarge;
        }
        keys.upload(connection, file, passphrase, kid, shared);
    }

    /** What the form says at which field. */
    FormErrors errors(BridgeException refusal) {
        if (refusal instanceof UnreadableKey unreadable) {
            return unreadable(unreadable);
        }
        return switch (refusal.code()) {
            case CONTENT_TOO_LARGE -> FormErrors.at(FILE, refusal.detail());
            case SIGNING_KEY_EXISTS -> FormErrors.at(KID, refusal.detail());
            default -> FormErrors.of(refusal).renamed(Map.of("kid", KID));
        };
    }

    private static FormErrors unreadable(UnreadableKey unreadable) {
        return switch (unreadable.fault()) {
            case EMPTY -> FormErrors.at(FILE, "Choose the file that holds the private key. " + unreadable.detail());
            // the module's own sentence is for whoever sends it by a program
            case PASSPHRASE_MISSING ->
                FormErrors.at(PASSPHRASE, "The key is encrypted. Choose its file again, and type its passphrase.");
            case PASSPHRASE_WRONG -> FormErrors.at(PASSPHRASE, unreadable.detail());
            default -> FormErrors.at(FILE, unreadable.detail());
        };
    }

    /** What is shown again: never the file, nor the passphrase. */
    KeyPanel.Typed typed(BridgeException refusal) {
        return new KeyPanel.Typed(null, kid, shared || refusal.code() == ProblemCode.CONFLICT);
    }
}
