package io.qlikbridge.sitesimulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a site's management console exports for a machine. */
public final class SiteExport {

    private final Map<String, byte[]> files;

    private SiteExport(Map<String, byte[]> files) {
        this.files = files;
    }

    /** What the console is asked for, and what differs from one version to the other. */
    public enum Form {
        /** {@code client.pfx}, {@code server.pfx}, {@code root.cer}; sealed as Windows of today does. */
        WINDOWS,
        /** Sealed with RC2 and triple DES, as older Windows does. */
        WINDOWS_RC2,
        /** {@code client.pem}, {@code client_key.pem}, {@code server.pem}, {@code server_key.pem}, {@code root.pem}; keys in PKCS#8, encrypted where there is a password. */
        PEM,
        /** Keys in PKCS#1; with a password encrypted as OpenSSL did of old ({@code Proc-Type}). */
        PEM_PKCS1,
        /** Keys in PKCS#8, and never encrypted, whatever the password. */
        PEM_PLAIN
    }

    static SiteExport of(SiteCertificates of, Form form, @Nullable String password, boolean secretKeys) {
        ExportFiles files = new ExportFiles(form, password, secretKeys);
        return new SiteExport(
                switch (form) {
                    case WINDOWS, WINDOWS_RC2 -> files.windows(of);
                    default -> files.pem(of);
                });
    }

    public Map<String, byte[]> files() {
        return new LinkedHashMap<>(files);
    }

    /** @param name such as {@code client.pfx} */
    public byte[] file(String name) {
        byte[] file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("No " + name + " among " + files.keySet());
        }
        return file.clone();
    }

    /** Of a PEM file. */
    public String text(String name) {
        return new String(file(name), StandardCharsets.US_ASCII);
    }

    /** Writes all of them, and makes the folder. */
    public SiteExport to(Path folder) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public String toString() {
        return "SiteExport" + files.keySet();
    }
}
