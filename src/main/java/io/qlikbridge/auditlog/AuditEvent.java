package io.qlikbridge.auditlog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that was done, or was tried.
 *
 * @param actor {@code client:} or {@code user:} and the name of who asked for it; {@code bridge} for what nobody asked for
 *     just then
 * @param connection as it was called then; it may be gone
 * @param user the username as it was then, of whom it was done for or to
 * @param requestId the {@code X-Request-Id} of the request that did it
 * @param details an object; for a failure its {@code code} is that of the problem, where there was one
 */
public record AuditEvent(
        UUID id,
        Instant at,
        String actor,
        String action,
        @Nullable String connection,
        @Nullable String user,
        String outcome,
        @Nullable String requestId,
        JsonNode details) {}
