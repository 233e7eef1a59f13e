package io.qlikbridge.client;

/** A client was deleted. Published inside the transaction that deletes it. */
public record ClientDeleted(String clientId) {}
