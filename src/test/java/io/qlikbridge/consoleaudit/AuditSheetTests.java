package io.qlikbridge.consoleaudit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.auditlog.AuditEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AuditSheetTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\tx",
                "\rx",
                "\nx",
                " =1",
                "  \u00A0@x",
                "\u200B=1",
                "\u202E=1",
                "\uFEFF=1",
                "\"=1",
                "'=1",
                "\uFF1D1",
                "\uFF0B1",
                "\uFF0D1",
                "\uFF20x",
                "=HYPERLINK(\"https://thief.example\";\"x\")",
                "=cmd|' /C calc'!A0"
            })
    void cellThatWouldBeAFormulaBeginsWithAnApostrophe(String text) {
        assertThat(HarmlessCell.of(text)).startsWith("'").endsWith(text.substring(text.length() - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;=1", "a; =1", "a\t@x", "a\n=1", "a\r\n+1", "a;\"=1"})
    void cellThatWouldBeAFormulaBehindAnotherSeparatorHasAnApostropheThere(String text) {
        assertThat(HarmlessCell.of(text))
                .hasSize(text.length() + 1)
                .startsWith("a")
                .contains("'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "client:nightly-report",
                "user:o'brien",
                "a=b",
                "hr|4711",
                "{\"subject\":\"=1+1\"}",
                "😀",
                "a, b",
                "a;b",
                "x -1"
            })
    void cellThatIsNoFormulaStaysAsItIs(String text) {
        assertThat(HarmlessCell.of(text)).isEqualTo(text);
    }

    @Test
    void sheetIsCsvWithAByteOrderMarkAndDetailsAsJson() throws IOException {
        StringWriter out = new StringWriter();
        AuditSheet sheet = AuditSheet.begin(out);
        sheet.add(new AuditEvent(
                new UUID(0, 1),
                Instant.parse("2026-11-30T10:00:00.123456Z"),
                "user:=ada \"the\" 1st",
                "user.create",
                null,
                "-bob,\r\nrow",
                "success",
                "request-1",
                JsonMapper.shared().readTree("{\"note\": \"=1\", \"n\": 1}")));
        sheet.end();

        assertThat(out.toString())
                .isEqualTo(
                        "\uFEFF\"When\",\"Actor\",\"Action\",\"User\",\"Connection\",\"Outcome\",\"Request ID\",\"Details\"\r\n"
                                + "\"2026-11-30T10:00:00.123456Z\",\"user:=ada \"\"the\"\" 1st\",\"user.create\",\"'-bob,\r\nrow\",\"\","
                                + "\"success\",\"request-1\",\"{\"\"note\"\":\"\"=1\"\",\"\"n\"\":1}\"\r\n");
    }
}
