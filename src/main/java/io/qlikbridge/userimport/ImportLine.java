package io.qlikbridge.userimport;

import io.qlikbridge.subject.MappedUser;
import org.jspecify.annotations.Nullable;

/**
 * A line of an import, and the user it asks for.
 *
 * @param number of the line, from 1
 * @param mapped with defaults where the file has no column
 * @param emailVerified what the file says of the user's address, also of one that is not in the file
 * @param given the username as the file has it, by which a user is found who was called so before there were rules
 * @param fault why nobody new may be called so; {@code null} for nothing
 */
record ImportLine(
        long number,
        MappedUser mapped,
        boolean emailVerified,
        String given,
        @Nullable String fault) {}
