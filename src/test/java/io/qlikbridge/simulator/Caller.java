package io.qlikbridge.simulator;

import org.jspecify.annotations.Nullable;

/**
 * Who a request acts for.
 *
 * @param session nothing for a bearer token
 */
record Caller(User user, boolean mayMakeApiKeys, @Nullable Session session) {}
