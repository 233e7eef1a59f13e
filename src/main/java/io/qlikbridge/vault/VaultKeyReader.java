package io.qlikbridge.vault;

import io.qlikbridge.problem.PlainText;
import io.qlikbridge.problem.ReceivedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads the key ring from the configuration. Speaks of entries by their number and of the file by its property: either
 * text may be a key that was put in the wrong place.
 */
final class VaultKeyReader {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final int KEY_BYTES = 32;

    private VaultKeyReader() {}

    /** @throws VaultCannotStart when there is no key, or anything but keys */
    static KeyRing read(VaultProperties properties) {
        boolean inline = isSet(properties.keys());
        boolean file = isSet(properties.keysFile());
        if (inline && file) {
            throw VaultCannotStart.configured(
                    "Both BRIDGE_VAULT_KEYS and BRIDGE_VAULT_KEYS_FILE are set; only one of them"
                            + " may say what the vault keys are.");
        }
        if (!inline && !file) {
            throw VaultCannotStart.configured(
                    "There is no vault key, so no secret could be sealed: neither BRIDGE_VAULT_KEYS nor"
                            + " BRIDGE_VAULT_KEYS_FILE is set.");
        }
        return inline
                ? parse(String.valueOf(properties.keys()))
                : parse(content(String.valueOf(properties.keysFile())));
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    private static String content(String path) {
        try {
            String text = ReceivedText.decode(Files.readAllBytes(Path.of(path.strip())));
            if (text.lines().filter(line -> !line.strip().startsWith("#")).anyMatch(VaultKeyReader::isBinary)) {
                throw unreadable("is not a text file");
            }
            return text;
        } catch (InvalidPathException notAPath) {
            throw unreadable("is not given by a path");
        } catch (NoSuchFileException missing) {
            throw unreadable("does not exist");
        } catch (IOException unreadable) {
            throw unreadable("cannot be read by the user that runs the bridge, or is not a file");
        }
    }

    private static boolean isBinary(String line) {
        return PlainText.trim(line)
                .chars()
                .anyMatch(character -> character < ' ' && character != '\t' || character > '~');
    }

    private static VaultCannotStart unreadable(String reason) {
        return VaultCannotStart.configured(
                "The file with the vault keys, named by BRIDGE_VAULT_KEYS_FILE, " + reason + ".");
    }

    private static KeyRing parse(String text) {
        List<String> entries = text.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> Stream.of(line.split(",")))
                .map(VaultKeyReader::unquoted)
                .filter(entry -> !entry.isEmpty())
                .toList();
        if (entries.isEmpty()) {
            throw VaultCannotStart.configured(
                    "There is no vault key in what is configured, so no secret could be sealed.");
        }
        List<VaultKey> keys = new ArrayList<>();
        for (String entry : entries) {
            VaultKey key = key(entry, keys.size() + 1);
            if (keys.stream().anyMatch(other -> other.id().equals(key.id()))) {
                throw malformed(keys.size() + 1, "has the same id as one before it");
            }
            keys.add(key);
        }
        return new KeyRing(keys);
    }

    /** Without what editors and shells put around it; neither an id nor base64 has a quotation mark. */
    private static String unquoted(String entry) {
        return PlainText.trim(entry.replace("\"", "").replace("'", ""));
    }

    private static VaultKey key(String entry, int number) {
        int colon = entry.indexOf(':');
        if (colon < 0) {
            throw malformed(number, "has no colon between an id and a key");
        }
        if (!ID.matcher(entry.substring(0, colon)).matches()) {
            throw malformed(number, "has no id of 1 to 32 letters, digits, '.', '_' or '-' before the colon");
        }
        return new VaultKey(
                entry.substring(0, colon),
                new SecretKeySpec(bytes(PlainText.trim(entry.substring(colon + 1)), number), "AES"));
    }

    private static byte[] bytes(String base64, int number) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw malformed(number, "has something else than base64 after the colon");
        }
        if (bytes.length != KEY_BYTES) {
            throw malformed(number, "has " + bytes.length + " bytes after the colon where a key has " + KEY_BYTES);
        }
        return bytes;
    }

    private static VaultCannotStart malformed(int number, String what) {
        return VaultCannotStart.configured(
                "Entry " + number + " of the vault keys " + what + "; an entry is id:base64.");
    }
}
