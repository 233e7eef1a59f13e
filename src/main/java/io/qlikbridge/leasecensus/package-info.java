/** How many leases there are, and how many there were. */
@ApplicationModule(allowedDependencies = {"lease", "connection"})
@NullMarked
package io.qlikbridge.leasecensus;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
