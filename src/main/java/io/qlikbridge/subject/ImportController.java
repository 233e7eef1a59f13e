package io.qlikbridge.subject;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes many users at once, for admins. */
@RestController
class ImportController {

    private final UserImport users;

    ImportController(UserImport users) {
        this.users = users;
    }

    @PostMapping(path = UserController.PATH + "/import", consumes = "text/csv")
    ImportAnswer take(
            @RequestParam(required = false) @Nullable String dryRun,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            InputStream body)
            throws IOException {
        boolean dry = isDry(dryRun);
        if (type.getCharset() != null && !StandardCharsets.UTF_8.equals(type.getCharset())) {
            throw new BridgeException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send text/csv in UTF-8.");
        }
        return users.take(body, dry);
    }

    /** Spelled out, and nothing else: a trial that was not understood as one would be kept. */
    private static boolean isDry(@Nullable String dryRun) {
        return switch (dryRun) {
            case null -> false;
            case "false" -> false;
            case "true" -> true;
            default -> throw BridgeException.invalid("dryRun", "is true or false");
        };
    }
}
