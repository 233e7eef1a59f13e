package io.qlikbridge.front;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The event loop before Tomcat.
 *
 * @param enabled whether callers reach it; if not, Tomcat takes {@code server.port} itself, and all is the same but slower
 */
@ConfigurationProperties("bridge.front")
record FrontProperties(@DefaultValue("true") boolean enabled) {}
