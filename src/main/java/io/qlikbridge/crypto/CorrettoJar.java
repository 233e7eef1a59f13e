package io.qlikbridge.crypto;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.Provider;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Amazon's Corretto Crypto Provider, out of the jar on the class path whose native library fits this machine. The jars
 * have the same classes, and their libraries the same name, so the class path would give whichever jar comes first.
 */
final class CorrettoJar {

    private static final String PROVIDER = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final String LIBRARY = "com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.so";
    private static final Map<String, String> ARCHITECTURES =
            Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "aarch_64");

    private static @Nullable Provider loaded;

    private CorrettoJar() {}

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

    /** By a class loader that is never closed: it has more classes to find for as long as the provider is used. */
    static Provider load(URL jar) throws Exception {
        // what is in a jar within a jar is found by this form alone
        URL[] contents = {URI.create("jar:" + jar + "!/").toURL()};
        ClassLoader loader = new URLClassLoader("corretto", contents, ClassLoader.getPlatformClassLoader());
        Class<?> type = Class.forName(PROVIDER, true, loader);
        Provider provider = (Provider) type.getField("INSTANCE").get(null);
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
}
