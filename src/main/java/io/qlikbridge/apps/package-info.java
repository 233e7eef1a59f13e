/** What one user may see: the app list, and Qlik's own API passed through. */
@ApplicationModule(allowedDependencies = {"lease", "tenant", "connection", "subject", "access", "paging", "problem"})
@NullMarked
package io.qlikbridge.apps;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
