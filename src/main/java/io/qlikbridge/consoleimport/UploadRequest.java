package io.qlikbridge.consoleimport;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.util.WebUtils;

/** A request whose body is left alone until {@link #form} reads it. Its parameters are not looked at. */
final class UploadRequest extends HttpServletRequestWrapper {

    private static final String FORM = MediaType.MULTIPART_FORM_DATA_VALUE;

    UploadRequest(HttpServletRequest request) {
        super(request);
    }

    /** The form that the request brings. Fails as {@link UploadForm#read}. */
    static UploadForm form(HttpServletRequest request) throws IOException {
        UploadRequest upload = WebUtils.getNativeRequest(request, UploadRequest.class);
        String type = upload == null ? null : upload.getRequest().getContentType();
        if (upload == null || type == null || !type.regionMatches(true, 0, FORM, 0, FORM.length())) {
            throw UploadForm.noForm();
        }
        return UploadForm.read(upload, type);
    }

    @Override
    public String getContentType() {
        return MediaType.APPLICATION_OCTET_STREAM_VALUE;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name) ? getContentType() : super.getHeader(name);
    }

    @Override
    public @Nullable String getParameter(String name) {
        return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Map.of();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.emptyEnumeration();
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return null;
    }

    @Override
    public Collection<Part> getParts() {
        return List.of();
    }

    @Override
    public @Nullable Part getPart(String name) {
        return null;
    }
}
