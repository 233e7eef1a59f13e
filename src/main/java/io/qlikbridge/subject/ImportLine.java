package io.qlikbridge.subject;

/**
 * A line of an import, and the user it asks for.
 *
 * @param number of the line, from 1
 * @param mapped with defaults where the file has no column
 * @param emailVerified what the file says of the user's address, also of one that is not in the file
 */
record ImportLine(long number, MappedUser mapped, boolean emailVerified) {}
