package io.qlikbridge.qliksense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.tenant.App;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppDocumentTests {

    @Test
    void appIsReadWithWhatCounts() throws Exception {
        List<App> apps = read("""
                [{"id":"7f3b","createdDate":"2024-01-02T03:04:05.678Z","modifiedDate":"2024-02-02T03:04:05.678Z",
                  "modifiedByUserName":"LAB\\\\ada","customProperties":[{"value":"x","definition":{"name":"p"}}],
                  "owner":{"id":"0e11","userId":"ada","userDirectory":"LAB","name":"Ada","privileges":null},
                  "name":"Sales","appId":"","publishTime":"1753-01-01T00:00:00.000Z","published":true,
                  "tags":[{"id":"1","name":"t"}],"description":"All sales","stream":{"id":"aaec","name":"Everyone"},
                  "fileSize":123,"lastReloadTime":"2024-03-02T03:04:05.678Z","thumbnail":"","privileges":null},
                 {"id":"8a","name":"Mine","stream":null,"lastReloadTime":"1753-01-01T00:00:00.000Z"}]""");

        assertThat(apps)
                .containsExactly(
                        new App(
                                "7f3b",
                                null,
                                "Sales",
                                "All sales",
                                "aaec",
                                "0e11",
                                null,
                                Instant.parse("2024-01-02T03:04:05.678Z"),
                                Instant.parse("2024-02-02T03:04:05.678Z"),
                                Instant.parse("2024-03-02T03:04:05.678Z"),
                                null,
                                null),
                        new App("8a", null, "Mine", "", null, null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "[{\"id\":\"1\"}",
                "[{\"id\":\"1\"",
                "[{\"id\":\"1\",\"id\":\"2\"}]",
                "[{\"id\":\"1\",\"stream\":{\"id\":\"a\",\"id\":\"b\"}}]",
                "[{\"id\":\"1\"}] []",
                "<html></html>",
                "[[]]",
                "null"
            })
    void whatIsNoListOfAppsIsTold(String document) {
        assertThatExceptionOfType(AppDocument.Malformed.class).isThrownBy(() -> read(document));
    }

    @Test
    void appWithoutAnIdIsLeftOut() throws Exception {
        assertThat(read("[{\"name\":\"x\"},{\"id\":7,\"name\":\"y\"},{\"id\":\"\"},{\"id\":\"1\"}]"))
                .extracting(App::id)
                .containsExactly("1");
    }

    @Test
    void listWithoutAnEndIsBrokenOff() {
        AtomicLong given = new AtomicLong();
        InputStream endless = new InputStream() {
            private final byte[] piece = "{\"id\":\"1\",\"x\":[[1],[2]]},".getBytes(StandardCharsets.UTF_8);

            @Override
            public int read() {
                long at = given.getAndIncrement();
                return at == 0 ? '[' : piece[(int) ((at - 1) % piece.length)];
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                for (int at = 0; at < length; at++) {
                    bytes[offset + at] = (byte) read();
                }
                return length;
            }
        };

        assertThatExceptionOfType(AppDocument.Malformed.class)
                .isThrownBy(() -> AppDocument.read(endless, ignored -> {}));
        assertThat(given.get()).isLessThan(80L * 1024 * 1024);
    }

    private static List<App> read(String document) throws IOException, AppDocument.Malformed {
        List<App> apps = new ArrayList<>();
        AppDocument.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), apps::add);
        return apps;
    }
}
