package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Secrets by their kinds, and a search for them in whatever form they may stand in a text. */
final class KnownSecrets {

    private static final int SHORTEST = 16;

    /** Characters that tell most places of a text from those where a secret begins. */
    private static final int BEGINNING = 6;

    private record Form(String kind, String text) {}

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
        Map<Integer, List<Form>> byBeginning = new HashMap<>();
        BitSet beginnings = new BitSet(1 << Character.SIZE);
        values.forEach((kind, secrets) ->
                secrets.forEach(secret -> forms(secret).forEach(form -> {
                    int beginning = beginning(form, 0);
                    beginnings.set(beginning);
                    byBeginning
                            .computeIfAbsent(beginning, none -> new ArrayList<>())
                            .add(new Form(kind, form));
                })));
        Set<String> found = new TreeSet<>();
        for (int at = 0; at <= text.length() - BEGINNING; at++) {
            int beginning = beginning(text, at);
            if (beginnings.get(beginning)) {
                for (Form form : byBeginning.get(beginning)) {
                    if (text.startsWith(form.text(), at)) {
                        found.add(form.kind() + " " + origin.apply(at));
                    }
                }
            }
        }
        return found;
    }

    /** A hash of a few characters of a text, so that hundreds of forms are looked for at once. */
    private static int beginning(String text, int from) {
        int hash = 0;
        for (int at = from; at < from + BEGINNING; at++) {
            hash = hash * 31 + text.charAt(at);
        }
        return (hash ^ hash >>> Character.SIZE) & Character.MAX_VALUE;
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
