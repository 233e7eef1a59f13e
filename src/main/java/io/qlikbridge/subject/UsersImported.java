package io.qlikbridge.subject;

/**
 * An admin imported users from a file. Told inside the transaction that keeps them; not of a dry run.
 *
 * @param unchanged how many were as the file wants them
 */
public record UsersImported(int created, int updated, int unchanged) {}
