package io.qlikbridge.keyfile;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.Violations;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Takes the bytes of a key or certificate and its passphrase from a request, at most 64 KiB, and none of them from the address. */
public final class KeyUpload {

    private static final int MOST_BYTES = 64 * 1024;
    private static final Set<String> FIELDS = Set.of("file", "kid", "passphrase");
    private static final Pattern PASSPHRASE_IN_QUERY = Pattern.compile("(^|&)passphrase=");

    private KeyUpload() {}

    /** The whole body. */
    public static byte[] body(HttpServletRequest request) throws IOException {
        refusePassphraseInAddress(request);
        return bytes(request.getInputStream());
    }

    /** A query parameter, without looking into the body, which may be a form by its type alone. */
    public static @Nullable String inAddress(HttpServletRequest request, String name) {
        String value = UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams()
                .getFirst(name);
        return value == null ? null : UriUtils.decode(value, StandardCharsets.UTF_8);
    }

    /** The field {@code file}, whether sent as a file or as a text. */
    public static byte[] file(HttpServletRequest request) throws IOException, ServletException {
        refusePassphraseInAddress(request);
        refuseOtherFields(request);
        byte[] file = field(request, "file");
        if (file == null) {
            throw BridgeException.invalid("file", "is missing; it holds the private key");
        }
        return file;
    }

    /** A field, whether sent as a file or as a text; {@code null} when it is not there. */
    public static byte @Nullable [] field(HttpServletRequest request, String name)
            throws IOException, ServletException {
        Part field = request.getPart(name);
        return field == null ? null : bytes(field.getInputStream());
    }

    /** The field {@code passphrase}, UTF-8, without the line end that a text file has behind it. */
    public static char @Nullable [] passphrase(HttpServletRequest request) throws IOException, ServletException {
        return passphrase(request, "passphrase");
    }

    /** The same of a field of another name. */
    public static char @Nullable [] passphrase(HttpServletRequest request, String name)
            throws IOException, ServletException {
        byte[] bytes = field(request, name);
        if (bytes == null) {
            return null;
        }
        CharBuffer characters = decoded(bytes);
        int length = characters.length();
        while (length > 0 && (characters.get(length - 1) == '\n' || characters.get(length - 1) == '\r')) {
            length--;
        }
        char[] passphrase = new char[length];
        characters.get(passphrase);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(characters.array(), '\0');
        return passphrase;
    }

    /** UTF-8, or else what a form of Windows sends. */
    private static CharBuffer decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException another) {
            return Charset.forName("windows-1252").decode(ByteBuffer.wrap(bytes));
        }
    }

    /** A field that is mistyped, or there twice, would be passed over in silence. */
    private static void refuseOtherFields(HttpServletRequest request) throws IOException, ServletException {
        Violations violations = new Violations();
        Set<String> seen = new HashSet<>();
        for (Part part : request.getParts()) {
            String name = part.getName();
            if (violations.require(
                    FIELDS.contains(name),
                    "#",
                    "has a field that is not known here. Known are: file, kid, passphrase")) {
                violations.require(seen.add(name), name, "is there twice");
            }
        }
        violations.throwIfAny();
    }

    private static byte[] bytes(InputStream stream) throws IOException {
        try (stream) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new BridgeException(
                        ProblemCode.CONTENT_TOO_LARGE,
                        "The upload is larger than 64 KiB, which neither a private key nor a certificate is. Send its"
                                + " file alone.");
            }
            return bytes;
        }
    }

    /** Refuses {@code passphrase} as a query parameter. */
    public static void refusePassphraseInAddress(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && PASSPHRASE_IN_QUERY.matcher(query).find()) {
            throw BridgeException.invalid(
                    "passphrase",
                    "must not stand in the address, which is logged on the way; send it as a field of multipart/form-data"
                            + " and consider this one known");
        }
    }
}
