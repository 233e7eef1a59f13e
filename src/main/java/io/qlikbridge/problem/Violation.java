package io.qlikbridge.problem;

/**
 * One thing wrong with a request.
 *
 * @param pointer where: a JSON pointer as a URI fragment ({@code #/apiKeyExpiry}) for a body, the name for a parameter
 * @param detail what to change
 */
public record Violation(String pointer, String detail) {}
