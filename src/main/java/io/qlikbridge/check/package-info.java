/** The connection test, step by step. */
@ApplicationModule(allowedDependencies = {"tenant", "signing", "connection", "subject", "lease", "paging", "problem"})
@NullMarked
package io.qlikbridge.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
