package io.qlikbridge.userimport;

/**
 * An admin imported users from a file. Told inside the transaction that keeps them; not of a dry run. Each user that was
 * added or changed is then a row of the temporary table {@value #CHANGES}, for there may be more than memory holds: {@code
 * user_id}, {@code username}, {@code created}, {@code changed} (names of properties), {@code before} and {@code after} ({@link
 * UserFacts} as {@code jsonb}).
 *
 * @param unchanged how many were as the file wants them
 */
public record UsersImported(int created, int updated, int unchanged) {

    public static final String CHANGES = "user_import_change";
}
