package io.qlikbridge.failure;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.io.IOException;
import org.springframework.util.unit.DataSize;

/** A body went over its limit while it was read. An I/O failure, so that every reader of a body lets it through. */
public class ContentTooLarge extends IOException {

    private final DataSize limit;

    public ContentTooLarge(DataSize limit) {
        super("The request body is larger than " + limit);
        this.limit = limit;
    }

    public BridgeException problem() {
        return problem(limit);
    }

    public static BridgeException problem(DataSize limit) {
        String size = limit.toKilobytes() > 0 ? limit.toKilobytes() + " KB" : limit.toBytes() + " bytes";
        return new BridgeException(
                ProblemCode.CONTENT_TOO_LARGE, "The request body may have " + size + " at most. Send less at once.");
    }
}
