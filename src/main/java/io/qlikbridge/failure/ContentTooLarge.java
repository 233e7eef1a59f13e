package io.qlikbridge.failure;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.io.IOException;
import org.springframework.util.unit.DataSize;

/** A body went over its limit while it was read. An I/O failure, so that every reader of a body lets it through. */
public class ContentTooLarge extends IOException {

    /** From here on kilobytes are harder to read than megabytes. */
    private static final int READABLE_MEGABYTES = 10;

    private final DataSize limit;

    public ContentTooLarge(DataSize limit) {
        super("The request body is larger than " + limit);
        this.limit = limit;
    }

    public BridgeException problem() {
        return problem(limit);
    }

    public static BridgeException problem(DataSize limit) {
        return new BridgeException(
                ProblemCode.CONTENT_TOO_LARGE,
                "The request body may have " + told(limit) + " at most. Send less at once.");
    }

    private static String told(DataSize size) {
        if (size.toMegabytes() >= READABLE_MEGABYTES) {
            return size.toMegabytes() + " MB";
        }
        return size.toKilobytes() > 0 ? size.toKilobytes() + " KB" : size.toBytes() + " bytes";
    }
}
