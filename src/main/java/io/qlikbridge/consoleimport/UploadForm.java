package io.qlikbridge.consoleimport;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.PlainText;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.springframework.util.StringUtils;

/**
 * A form with a file, read as it comes in (RFC 7578): first its fields, then the file. Nothing of it is kept on disk, or whole in memory.
 *
 * @param fields those in front of the file
 * @param name of the file, without folders; empty where none was chosen
 */
record UploadForm(Map<String, String> fields, String name, InputStream file) {

    private static final int MOST_FIELDS = 10;
    private static final int LONGEST_FIELD = 1000;
    private static final int LONGEST_HEAD = 2000;
    private static final int LONGEST_NAME = 200;

    /**
     * Reads up to the file.
     *
     * @throws BridgeException {@code invalid-request} when it is no such form
     * @throws IOException when the body does not come in, or is too large
     */
    static UploadForm read(HttpServletRequest request, String type) throws IOException {
        FileUpload upload = new FileUpload();
        upload.setPartHeaderSizeMax(LONGEST_HEAD);
        upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
        Map<String, String> fields = new HashMap<>();
        try {
            FileItemIterator parts = upload.getItemIterator(new Body(request, type));
            while (fields.size() <= MOST_FIELDS && parts.hasNext()) {
                FileItemStream part = parts.next();
                if (!part.isFormField()) {
                    return new UploadForm(fields, name(part), part.openStream());
                }
                try (InputStream field = part.openStream()) {
                    fields.put(
                            part.getFieldName(), new String(field.readNBytes(LONGEST_FIELD), StandardCharsets.UTF_8));
                }
            }
        } catch (FileUploadException | InvalidFileNameException | MultipartStream.MalformedStreamException malformed) {
            throw noForm();
        }
        return new UploadForm(fields, "", InputStream.nullInputStream());
    }

    static BridgeException noForm() {
        return BridgeException.invalid("file", "is sent whole by the form of the page: choose the file there");
    }

    private static String name(FileItemStream part) {
        String sent = part.getName();
        String name = sent == null ? "" : sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        StringBuilder plain = new StringBuilder();
        name.codePoints()
                .limit(LONGEST_NAME)
                .map(character -> PlainText.isHidden(character) ? '\ufffd' : character)
                .forEach(plain::appendCodePoint);
        return StringUtils.trimAllWhitespace(plain.toString()).isEmpty() ? "" : plain.toString();
    }

    /** What is read of the request. */
    private record Body(HttpServletRequest request, String type) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return request.getContentLengthLong();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return request.getInputStream();
        }
    }
}
