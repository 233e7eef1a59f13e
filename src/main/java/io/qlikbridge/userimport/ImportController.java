package io.qlikbridge.userimport;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
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

    private static final Set<String> READ = Set.of("utf-8", "iso-8859-1", "windows-1252");

    /** What says it is Latin-1 mostly is this, which has the same letters and more. */
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private final UserImport users;

    ImportController(UserImport users) {
        this.users = users;
    }

    @PostMapping(path = "/api/v1/users/import", consumes = "text/csv")
    ImportAnswer take(
            @RequestParam(required = false) @Nullable String dryRun,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            InputStream body)
            throws IOException {
        boolean dry = isDry(dryRun);
        Charset charset = type.getCharset();
        if (charset != null && !READ.contains(charset.name().toLowerCase(Locale.ROOT))) {
            throw new BridgeException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "Send text/csv in UTF-8, or with charset=windows-1252 or charset=iso-8859-1.");
        }
        return users.take(body, charset == null || charset.equals(StandardCharsets.UTF_8) ? null : WINDOWS, dry);
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
