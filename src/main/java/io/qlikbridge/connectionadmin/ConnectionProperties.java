package io.qlikbridge.connectionadmin;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a connection may be.
 *
 * @param allowedHosts hosts that connections may lead to: {@code .qlikcloud.com} (https, any name below it), {@code qlik.example.org}
 *     (https, that name) or {@code http://127.0.0.1} (plain http, that name, any port)
 */
@ConfigurationProperties("bridge.connections")
record ConnectionProperties(
        @DefaultValue({".qlikcloud.com", ".qlikcloudgov.com"})
        List<AllowedHost> allowedHosts) {}
