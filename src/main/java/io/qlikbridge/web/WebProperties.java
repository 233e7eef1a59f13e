package io.qlikbridge.web;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the bridge accepts over HTTP.
 *
 * @param maxBody the largest request body; uploads as multipart/form-data have limits of their own
 * @param maxBodyAt other limits for single paths, such as {@code [/api/v1/users/import]}; the path may be a pattern
 */
@ConfigurationProperties("bridge.web")
record WebProperties(
        @DefaultValue("1MB") DataSize maxBody, @DefaultValue Map<String, DataSize> maxBodyAt) {}
