package io.qlikbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/** What {@code bin/make-aot-cache} says of the code that only starts run, which the JVM would not complain of. */
class StartOnlyCodeTests {

    private static final Path SCRIPT = Path.of("bin", "make-aot-cache");
    private static final FileSystem JDK = FileSystems.getFileSystem(URI.create("jrt:/"));
    private static final ResourcePatternResolver LIBRARIES = new PathMatchingResourcePatternResolver();

    @Test
    void everyNameIsOfCodeThatExists() throws IOException {
        List<String> names = names();

        assertThat(names).hasSizeGreaterThan(50).doesNotHaveDuplicates().allSatisfy(StartOnlyCodeTests::assertExists);
    }

    @Test
    void nameOfCodeThatIsGoneFails() {
        for (String gone : List.of(
                "java.util.jar.Gone*",
                "java.util.gone.*",
                "org.springframework.gone.*",
                "org.springframework.util.Gone")) {
            assertThatExceptionOfType(AssertionError.class).as(gone).isThrownBy(() -> assertExists(gone));
        }
    }

    private static List<String> names() throws IOException {
        String script = Files.readString(SCRIPT);
        int start = script.indexOf("<<'END'\n") + "<<'END'\n".length();
        return Arrays.asList(
                script.substring(start, script.indexOf("\nEND\n", start)).split("\n"));
    }

    /** @param name of a class; an asterisk at its end stands for what else there is, in packages below, too */
    private static void assertExists(String name) {
        int end = name.lastIndexOf('.');
        String folder = name.substring(0, end).replace('.', '/');
        String classes = name.substring(end + 1).replaceFirst("^\\*$", "**/*") + ".class";
        assertThat(isOfTheJdk(folder, classes) || isOfALibrary(folder, classes))
                .as(name)
                .isTrue();
    }

    private static boolean isOfALibrary(String folder, String classes) {
        try {
            return LIBRARIES.getResources("classpath*:" + folder + "/" + classes).length > 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isOfTheJdk(String folder, String classes) {
        try (Stream<Path> modules = Files.list(JDK.getPath("/modules"))) {
            return modules.map(module -> module.resolve(folder))
                    .filter(Files::isDirectory)
                    .anyMatch(within -> has(within, classes));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean has(Path folder, String classes) {
        PathMatcher matcher = JDK.getPathMatcher("glob:" + folder + "/" + classes.replace("**/*", "**"));
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(matcher::matches);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
