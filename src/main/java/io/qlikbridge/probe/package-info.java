/** The connection test, as a deployment takes part in it. */
@ApplicationModule(allowedDependencies = {"signing", "subject", "connection", "problem"})
@NullMarked
package io.qlikbridge.probe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
