package io.qlikbridge.simulator;

/**
 * A space that apps lie in.
 *
 * @param type {@code shared}, {@code managed} or {@code data}
 */
public record Space(String id, String name, String type) {}
