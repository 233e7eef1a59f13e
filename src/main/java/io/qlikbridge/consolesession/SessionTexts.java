package io.qlikbridge.consolesession;

import java.nio.charset.StandardCharsets;
import org.springframework.core.convert.support.GenericConversionService;

/** Sessions keep texts alone. Objects would be read with Java's serialization, which runs what somebody else has written. */
final class SessionTexts {

    private SessionTexts() {}

    static GenericConversionService conversions() {
        GenericConversionService conversions = new GenericConversionService();
        conversions.addConverter(Object.class, byte[].class, SessionTexts::write);
        conversions.addConverter(byte[].class, Object.class, bytes -> new String(bytes, StandardCharsets.UTF_8));
        return conversions;
    }

    private static byte[] write(Object value) {
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException("A session keeps texts alone, and no " + value.getClass());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
