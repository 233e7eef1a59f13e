/** What is kept of issued credentials: leases, their states and their owners. */
@ApplicationModule(allowedDependencies = {"tenant", "subject", "connection", "username", "vault", "changes", "problem"})
@NullMarked
package io.qlikbridge.lease;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
