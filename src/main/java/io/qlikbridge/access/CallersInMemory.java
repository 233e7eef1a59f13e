package io.qlikbridge.access;

import io.qlikbridge.client.Scope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets an event loop work in the name of a caller who is in memory, where everybody else signs in by the filters of a request. */
public interface CallersInMemory {

    /**
     * Does some work as the caller whose access token this is, as one who signed in with it a moment ago.
     *
     * @param needed what the token has to allow
     * @return what the work comes to; {@code null} where the token is not known, or does not allow it
     * @throws io.qlikbridge.peek.NotInMemory where the work, or finding out who calls, would have to ask or to wait
     */
    <T> @Nullable T as(String token, Scope needed, Supplier<@Nullable T> work);
}
