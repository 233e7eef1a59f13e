/** The Qlik deployments the bridge serves, and their settings. */
@ApplicationModule(allowedDependencies = {"paging", "changes", "problem"})
@NullMarked
package io.qlikbridge.connection;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
