package io.qlikbridge.consoleimport;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.io.IOException;
import java.util.UUID;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The uploaded files of who makes the present request. */
@Component
@ConditionalOnConsole
class UploadedFiles {

    private static final int PART = 256 * 1024;

    private final UploadedFileStore store;
    private final Callers callers;

    UploadedFiles(UploadedFileStore store, Callers callers) {
        this.store = store;
        this.callers = callers;
    }

    /**
     * Keeps a file as it comes in; no database connection waits for its sender.
     *
     * @param charset as the sender names it; {@code null} for what the first bytes tell
     */
    UploadedFile keep(UploadForm form, @Nullable String charset) throws IOException {
        UUID id = Generators.timeBasedEpochGenerator().generate();
        store.begin(id, owner(), form.name(), charset);
        try {
            int number = 0;
            for (byte[] part = form.file().readNBytes(PART);
                    part.length > 0;
                    part = form.file().readNBytes(PART)) {
                if (!store.append(id, number++, part)) {
                    throw new BridgeException(
                            ProblemCode.CONFLICT, "You have uploaded another file meanwhile. This one is not kept.");
                }
            }
        } catch (MultipartStream.MalformedStreamException cutOff) {
            store.delete(id);
            throw UploadForm.noForm();
        } catch (IOException | RuntimeException failed) {
            store.delete(id);
            throw failed;
        }
        return of(id.toString());
    }

    /** The file of this id, or {@code not-found}, also when it is somebody else's. */
    UploadedFile of(String id) {
        try {
            return store.find(UUID.fromString(id), owner()).orElseThrow(UploadedFiles::gone);
        } catch (IllegalArgumentException notOurs) {
            throw gone();
        }
    }

    void delete(UploadedFile file) {
        store.delete(file.id());
    }

    private static BridgeException gone() {
        return new BridgeException(
                ProblemCode.NOT_FOUND,
                "There is no such file of yours any more. A file is kept for an hour, and until the next one: choose it again.");
    }

    private String owner() {
        return switch (callers.current()) {
            case Caller.Person person -> "user:" + person.name();
            case Caller.Client client -> "client:" + client.name();
        };
    }
}
