package io.qlikbridge.connection;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a connection may be.
 *
 * @param allowedHosts where connections may lead: .qlikcloud.com (https, any name below it), qlik.example.org (https, that
 *     name) or http://127.0.0.1 (plain http, that name)
 */
@ConfigurationProperties("bridge.connections")
record ConnectionProperties(
        @DefaultValue({".qlikcloud.com", ".qlikcloudgov.com"})
        List<AllowedHost> allowedHosts) {}
