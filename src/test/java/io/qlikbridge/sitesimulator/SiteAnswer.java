package io.qlikbridge.sitesimulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a site answers.
 *
 * @param headers names and values; a name may stand there more than once
 * @param length of the body in bytes; -1 for one that is sent in chunks
 */
record SiteAnswer(int status, List<Map.Entry<String, String>> headers, long length, Body body) {

    static final String HTML = "text/html; charset=utf-8";
    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Writes a body as it goes out. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static SiteAnswer empty(int status) {
        return new SiteAnswer(status, List.of(), 0, out -> {});
    }

    static SiteAnswer of(int status, String type, String text) {
        return of(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    static SiteAnswer of(int status, String type, byte[] bytes) {
        return new SiteAnswer(status, List.of(Map.entry("Content-Type", type)), bytes.length, out -> out.write(bytes));
    }

    static SiteAnswer json(Object value) {
        return of(200, JSON, MAPPER.writeValueAsBytes(value));
    }

    static SiteAnswer chunked(String type, Body body) {
        return new SiteAnswer(200, List.of(Map.entry("Content-Type", type)), -1, body);
    }

    static SiteAnswer redirect(String location) {
        return empty(302).with("Location", location);
    }

    SiteAnswer with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new SiteAnswer(status, List.copyOf(more), length, body);
    }

    byte[] bytes() {
        try (ByteArrayOutputStream all = new ByteArrayOutputStream()) {
            body.writeTo(all);
            return all.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The first half of the body, as if that were all. */
    SiteAnswer truncated() {
        byte[] all = bytes();
        return new SiteAnswer(status, headers, all.length / 2, out -> out.write(all, 0, all.length / 2));
    }

    /** The connection ends in the middle of the body. */
    SiteAnswer brokenOff() {
        byte[] all = bytes();
        return new SiteAnswer(status, headers, Math.max(2, all.length), out -> {
            out.write(all, 0, all.length / 2);
            out.flush();
            throw new IOException("Broken off on purpose");
        });
    }
}
