package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Secrets by their kinds, and a search for them in whatever form they may stand in a text. */
final class KnownSecrets {

    private static final int SHORTEST = 16;

    private final Map<String, Set<String>> values = new LinkedHashMap<>();

    /** Gives the secret back. */
    String add(String kind, String value) {
        assertThat(value).as(kind).hasSizeGreaterThanOrEqualTo(SHORTEST);
        values.computeIfAbsent(kind, none -> new LinkedHashSet<>()).add(value);
        return value;
    }

    /** The whole lines of a PEM file. */
    void addLines(String kind, String pem) {
        pem.lines()
                .filter(line -> !line.startsWith("-----"))
                .filter(line -> line.length() == 64)
                .forEach(line -> add(kind, line));
    }

    Set<String> kinds() {
        return values.keySet();
    }

    /**
     * The kinds of secrets that stand in a text, each with where it was found.
     *
     * @param origin tells of a place in the text
     */
    Set<String> in(String text, IntFunction<String> origin) {
        Set<String> found = new TreeSet<>();
        values.forEach((kind, secrets) -> secrets.forEach(secret -> {
            for (String form : forms(secret)) {
                for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
                    found.add(kind + " " + origin.apply(at));
                }
            }
        }));
        return found;
    }

    /** As it is, as part of an address or a form, in hexadecimal, and what it is the Base64 of in hexadecimal. */
    private static Set<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        forms.add(Product.encoded(secret));
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        try {
            forms.add(HexFormat.of().formatHex(Base64.getDecoder().decode(secret)));
        } catch (IllegalArgumentException noBase64) {
            // then there are no bytes that it stands for
        }
        return forms;
    }
}
