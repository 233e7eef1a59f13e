/** The app list one user may see. */
@ApplicationModule(allowedDependencies = {"lease", "tenant", "connection", "subject", "access", "paging", "problem"})
@NullMarked
package io.qlikbridge.apps;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
