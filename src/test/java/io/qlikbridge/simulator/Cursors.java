package io.qlikbridge.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Makes and reads the opaque cursors of lists. A cursor works for one user and one direction; it holds characters that must
 * be encoded in a URL, so that a client which takes it from a link without decoding fails.
 */
final class Cursors {

    private final String salt = RandomText.secret();

    String make(String userId, String direction, String anchorId) {
        String anchor = Base64.getUrlEncoder().encodeToString(anchorId.getBytes(StandardCharsets.UTF_8));
        return anchor + "+" + seal(userId, direction, anchorId) + "/=";
    }

    /** The id the cursor stands at; 400 when it was not made for this user and direction. */
    String read(String userId, String direction, String cursor) {
        try {
            String anchor = cursor.substring(0, Math.max(0, cursor.indexOf('+')));
            String anchorId = new String(Base64.getUrlDecoder().decode(anchor), StandardCharsets.UTF_8);
            if (make(userId, direction, anchorId).equals(cursor)) {
                return anchorId;
            }
        } catch (IllegalArgumentException malformed) {
            throw unknown();
        }
        throw unknown();
    }

    static Refusal unknown() {
        return Refusal.invalid("The cursor is not valid.");
    }

    private String seal(String userId, String direction, String anchorId) {
        String content = String.join("\n", salt, userId, direction, anchorId);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
