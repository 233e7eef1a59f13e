package io.qlikbridge.access;

import io.qlikbridge.caller.CallerToken;
import io.qlikbridge.client.Scope;
import io.qlikbridge.peek.Peek;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;

/** Takes those for callers whose access tokens {@link TokenCallers} has verified a moment ago. */
@Component
class TokenCallersInMemory implements CallersInMemory {

    private final TokenCallers tokens;

    TokenCallersInMemory(TokenCallers tokens) {
        this.tokens = tokens;
    }

    @Override
    public <T> @Nullable T as(String token, Scope needed, Supplier<@Nullable T> work) {
        return Peek.<@Nullable T>within(() -> {
            CallerToken caller = tokens.peek(token).orElse(null);
            if (caller == null || !caller.getPrincipal().scopes().contains(needed)) {
                return null;
            }
            SecurityContextHolder.setContext(new SecurityContextImpl(caller));
            try {
                return work.get();
            } finally {
                SecurityContextHolder.clearContext();
            }
        });
    }
}
