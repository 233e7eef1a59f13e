package io.qlikbridge.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.security.Provider;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Amazon's Corretto Crypto Provider, out of the jar on the class path whose native library fits this machine. The jars
 * have the same classes, and their libraries the same name, so an ordinary class loader would take whichever jar comes
 * first. Neither does this one verify the jar's signature, which the JDK does not ask for and which costs a third of a
 * second at each start.
 */
final class CorrettoJar extends ClassLoader {

    private static final String PROVIDER = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final String LIBRARY = "com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.so";
    private static final Map<String, String> ARCHITECTURES =
            Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "aarch_64");

    private static @Nullable Provider loaded;

    private final Map<String, byte[]> contents;

    private CorrettoJar(Map<String, byte[]> contents) {
        super("corretto", ClassLoader.getPlatformClassLoader());
        this.contents = contents;
    }

    /**
     * Loads it once: a native library stays in the process.
     *
     * @throws Exception or a {@link LinkageError} when there is none for this machine, or it does not load
     */
    static synchronized Provider load() throws Exception {
        URL jar = jar(System.getProperty("os.name"), System.getProperty("os.arch"));
        Provider provider = loaded;
        if (provider == null) {
            provider = load(jar);
            loaded = provider;
        }
        return provider;
    }

    static Provider load(URL jar) throws Exception {
        Map<String, byte[]> contents = contents(jar);
        Class<?> type = Class.forName(PROVIDER, true, new CorrettoJar(contents));
        Provider provider = (Provider) type.getField("INSTANCE").get(null);
        // copied and loaded by now
        contents.remove(LIBRARY);
        if (type.getMethod("getLoadingError").invoke(provider) instanceof Throwable error) {
            throw new UnsatisfiedLinkError(error.getMessage());
        }
        return provider;
    }

    /**
     * The jar for a machine.
     *
     * @param system as the system property {@code os.name} has it
     * @param architecture as {@code os.arch} has it
     */
    static URL jar(String system, String architecture) throws IOException {
        String ending = "-" + system.toLowerCase(Locale.ROOT) + "-" + ARCHITECTURES.get(architecture) + ".jar";
        for (URL library : Collections.list(CorrettoJar.class.getClassLoader().getResources(LIBRARY))) {
            if (library.openConnection() instanceof JarURLConnection inJar) {
                URL jar = inJar.getJarFileURL();
                if (jar.getPath().endsWith(ending)) {
                    return jar;
                }
            }
        }
        throw new IOException("there is none for " + system + " on " + architecture);
    }

    private static Map<String, byte[]> contents(URL jar) throws IOException {
        Map<String, byte[]> contents = new ConcurrentHashMap<>();
        try (ZipInputStream entries = new ZipInputStream(jar.openStream())) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                contents.put(entry.getName(), entries.readAllBytes());
            }
        }
        return contents;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = contents.remove(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = contents.get(name);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }
}
