package io.qlikbridge.connectionadmin;

import org.jspecify.annotations.Nullable;

/** A connection as an admin sends it, not looked at yet. What the values mean is told at {@link io.qlikbridge.connection.Connection}. */
record ConnectionRequest(
        @Nullable String type,
        @Nullable String host,
        @Nullable String webIntegrationId,
        @Nullable String origin,
        @Nullable String issuer,
        @Nullable String apiKeyExpiry,
        @Nullable String subjects,
        @Nullable String subjectTemplate,
        @Nullable String sslBundle) {}
