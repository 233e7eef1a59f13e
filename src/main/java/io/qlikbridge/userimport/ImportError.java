package io.qlikbridge.userimport;

/**
 * A line of an import that cannot be kept.
 *
 * @param line as a text editor counts, from 1; of a record that spans lines, its first
 * @param detail what to change
 */
public record ImportError(long line, String detail) {}
