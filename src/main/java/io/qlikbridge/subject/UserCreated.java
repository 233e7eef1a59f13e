package io.qlikbridge.subject;

import io.qlikbridge.username.Username;
import java.util.UUID;

/** A local user was made, by an admin or at first sight. Published inside the transaction that makes it. */
public record UserCreated(UUID id, Username username, UserFacts after) {}
