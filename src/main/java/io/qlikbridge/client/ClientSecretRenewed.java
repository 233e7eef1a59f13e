package io.qlikbridge.client;

/** A client has another secret. Published inside the transaction that replaces it. */
public record ClientSecretRenewed(String clientId) {}
