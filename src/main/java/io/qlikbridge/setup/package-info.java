/** The setting up of a tenant for a connection, as a deployment takes part in it. */
@ApplicationModule(allowedDependencies = "connection")
@NullMarked
package io.qlikbridge.setup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
