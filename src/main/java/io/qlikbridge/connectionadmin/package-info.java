/** Connections as admins manage them, and where they may lead. */
@ApplicationModule(allowedDependencies = {"connection", "paging", "problem"})
@NullMarked
package io.qlikbridge.connectionadmin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
