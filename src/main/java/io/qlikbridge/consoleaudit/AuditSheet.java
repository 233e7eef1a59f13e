package io.qlikbridge.consoleaudit;

import io.qlikbridge.auditlog.AuditEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as CSV (RFC 4180) that spreadsheets show as it is: a byte order mark says that it is UTF-8, and no cell is a formula. One
 * event is in memory at a time.
 */
final class AuditSheet {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).get();
    private static final List<String> HEADER =
            List.of("When", "Actor", "Action", "User", "Connection", "Outcome", "Request ID", "Details");

    private final CSVPrinter cells;

    private AuditSheet(CSVPrinter cells) {
        this.cells = cells;
    }

    static AuditSheet begin(Writer out) throws IOException {
        out.write(BYTE_ORDER_MARK);
        AuditSheet sheet = new AuditSheet(new CSVPrinter(out, FORMAT));
        sheet.cells.printRecord(HEADER);
        return sheet;
    }

    void add(AuditEvent event) {
        try {
            cells.printRecord(
                    event.at().toString(),
                    cell(event.actor()),
                    cell(event.action()),
                    cell(event.user()),
                    cell(event.connection()),
                    cell(event.outcome()),
                    cell(event.requestId()),
                    cell(event.details().toString()));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    void end() throws IOException {
        cells.flush();
    }

    private static String cell(@Nullable String text) {
        return text == null ? "" : HarmlessCell.of(text);
    }
}
