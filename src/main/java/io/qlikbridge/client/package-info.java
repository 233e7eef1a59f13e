/** The OAuth clients of the bridge, and what each may do. */
@ApplicationModule(allowedDependencies = {"subject", "connection", "paging", "username", "changes", "problem"})
@NullMarked
package io.qlikbridge.client;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
