package io.qlikbridge.consolesignin;

import io.qlikbridge.failure.ContentTooLarge;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A request whose form was read, in UTF-8, as pages of ours send it. What its address says beside comes first, as the Servlet API has it. */
final class FormRequest extends HttpServletRequestWrapper {

    private static final int MOST_FIELDS = 2_000;

    private final Map<String, String[]> parameters;

    private FormRequest(HttpServletRequest request, Map<String, String[]> parameters) {
        super(request);
        this.parameters = parameters;
    }

    /** @throws ContentTooLarge when it is larger, or has more than {@value #MOST_FIELDS} fields */
    static FormRequest read(HttpServletRequest request, DataSize most) throws IOException {
        ServletInputStream body = request.getInputStream();
        byte[] form = body.readNBytes(Math.toIntExact(most.toBytes()) + 1);
        if (form.length > most.toBytes()) {
            throw new ContentTooLarge(most);
        }
        Map<String, List<String>> read = new LinkedHashMap<>();
        String query = request.getQueryString();
        int fields = add(query == null ? "" : query, read) + add(new String(form, StandardCharsets.UTF_8), read);
        if (fields > MOST_FIELDS) {
            throw new ContentTooLarge(most);
        }
        Map<String, String[]> parameters = new LinkedHashMap<>();
        read.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
        return new FormRequest(request, parameters);
    }

    private static int add(String form, Map<String, List<String>> read) {
        int fields = 0;
        for (String field : form.split("&")) {
            if (!field.isEmpty() && fields++ <= MOST_FIELDS) {
                int equals = field.indexOf('=');
                String name = decode(equals < 0 ? field : field.substring(0, equals));
                read.computeIfAbsent(name, none -> new ArrayList<>())
                        .add(equals < 0 ? "" : decode(field.substring(equals + 1)));
            }
        }
        return fields;
    }

    /** What is no form-encoding stays as it is. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = parameters.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = parameters.get(name);
        return values == null ? null : values.clone();
    }
}
