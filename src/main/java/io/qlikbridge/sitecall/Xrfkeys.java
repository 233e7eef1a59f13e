package io.qlikbridge.sitecall;

import java.net.URI;
import java.security.SecureRandom;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Makes the pair that every call has against forged requests: 16 letters and digits, in the address and in a header (contract, section A.4). */
@Component
public class Xrfkeys {

    /** The query parameter of the pair. */
    public static final String PARAMETER = "xrfkey";

    private static final String HEADER = "X-Qlik-Xrfkey";
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 16;

    private final SecureRandom random = new SecureRandom();

    /** The address with a new key, which is put into the headers as well. */
    public URI address(String address, HttpHeaders headers) {
        StringBuilder key = new StringBuilder(LENGTH);
        for (int at = 0; at < LENGTH; at++) {
            key.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        headers.set(HEADER, key.toString());
        return URI.create(address + (address.indexOf('?') < 0 ? '?' : '&') + PARAMETER + "=" + key);
    }
}
