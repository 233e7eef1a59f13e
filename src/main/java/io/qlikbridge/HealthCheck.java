package io.qlikbridge;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Asks the bridge of this container whether it is ready, for an engine without probes over HTTP and an image without curl. Exit
 * status 0 when it is, else 1. It asks the port of {@code MANAGEMENT_SERVER_PORT}, else of {@code SERVER_PORT}, else 8080, under
 * {@code SERVER_SERVLET_CONTEXT_PATH} where the port is not one of its own.
 */
public final class HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private HealthCheck() {}

    public static void main(String[] arguments) {
        System.exit(isReady(address(System.getenv())) ? 0 : 1);
    }

    static URI address(Map<String, String> environment) {
        String management = environment.getOrDefault("MANAGEMENT_SERVER_PORT", "");
        String port = management.isBlank() ? environment.getOrDefault("SERVER_PORT", "8080") : management;
        String context = management.isBlank() ? environment.getOrDefault("SERVER_SERVLET_CONTEXT_PATH", "") : "";
        String loopback = InetAddress.getLoopbackAddress().getHostAddress();
        return URI.create("http://" + loopback + ":" + port + context + "/actuator/health/readiness");
    }

    static boolean isReady(URI address) {
        try {
            HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection();
            asked.setConnectTimeout(Math.toIntExact(PATIENCE.toMillis()));
            asked.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
            asked.setInstanceFollowRedirects(false);
            return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException silent) {
            return false;
        }
    }
}
