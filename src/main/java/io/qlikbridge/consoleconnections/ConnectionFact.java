package io.qlikbridge.consoleconnections;

/**
 * Something that is shown of a connection.
 *
 * @param label the key of the message that names it
 */
public record ConnectionFact(String label, String value) {}
