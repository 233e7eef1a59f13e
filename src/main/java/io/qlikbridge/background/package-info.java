/** Work at tenants that nobody waits for: paced, and fair between connections. */
@ApplicationModule(allowedDependencies = {"upstream", "tenant", "connection", "transport", "trace", "problem"})
@NullMarked
package io.qlikbridge.background;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
