package io.qlikbridge.simulator;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Ids and secrets as a tenant makes them. */
final class RandomText {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    static String traceId() {
        return hex(16);
    }

    /** 24 hexadecimal digits, as users and items have. */
    static String objectId() {
        return hex(12);
    }

    /** 32 random bytes; ends in {@code =}, which is legal in a cookie and catches careless splitting. */
    static String secret() {
        return Base64.getEncoder().encodeToString(bytes(32)).replace('+', '-').replace('/', '_');
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String hex(int count) {
        return HexFormat.of().formatHex(bytes(count));
    }
}
