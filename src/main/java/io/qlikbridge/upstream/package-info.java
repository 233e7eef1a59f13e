/** Calls to tenants over HTTP: deadlines, a bulkhead, rate limits, and one sentence for each failure. */
@ApplicationModule(allowedDependencies = {"tenant", "connection", "transport", "proxy", "trace", "problem"})
@NullMarked
package io.qlikbridge.upstream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
