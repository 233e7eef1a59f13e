package io.qlikbridge.vault;

/** How many rows of a table are sealed with a key. */
public record SealedRows(String key, String table, long rows) {}
