package io.qlikbridge.subject;

import io.qlikbridge.username.Username;
import java.util.UUID;

/** A local user was deleted with its subjects. Published inside the transaction that deletes it. */
public record UserDeleted(UUID id, Username username, UserFacts before) {}
