package io.qlikbridge.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the bridge accepts over HTTP.
 *
 * @param maxBody the largest request body; uploads as multipart/form-data have limits of their own
 * @param maxBodyAt other limits for single paths, such as {@code [/api/v1/users/import]}; the path may be a pattern
 * @param maxRequests how many requests are served at once; others wait before anything is allocated for them. As many as the
 *     heap holds, at a megabyte each, if not set
 */
@ConfigurationProperties("bridge.web")
record WebProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue Map<String, DataSize> maxBodyAt,
        @Nullable Integer maxRequests) {

    private static final long HEAP_OF_A_REQUEST = 1024 * 1024;
    private static final int LEAST_REQUESTS = 64;

    WebProperties {
        if (maxRequests != null && maxRequests < 1) {
            throw new IllegalArgumentException("bridge.web.max-requests is at least 1");
        }
    }

    int effectiveMaxRequests() {
        return maxRequests == null
                ? Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_OF_A_REQUEST, LEAST_REQUESTS, Integer.MAX_VALUE)
                : maxRequests;
    }
}
