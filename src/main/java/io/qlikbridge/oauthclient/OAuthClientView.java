package io.qlikbridge.oauthclient;

import java.time.Instant;

/**
 * The OAuth client of a connection, as the REST API shows it.
 *
 * @param authentication {@code client-secret} or {@code private-key-jwt}
 * @param updatedAt when it was uploaded
 */
public record OAuthClientView(String clientId, String authentication, Instant updatedAt) {}
