package io.qlikbridge.subject;

import io.qlikbridge.connection.ConnectionId;
import java.time.Instant;
import java.util.Map;

/** A local user as an admin sees it: with the subjects it is mapped to. */
record MappedUser(LocalUser user, Map<ConnectionId, String> subjects, Instant createdAt, Instant updatedAt) {}
