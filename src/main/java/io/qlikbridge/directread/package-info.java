/** Reads that need nothing but what is in memory and one call to a deployment, for who carries them without a thread of their own. */
@ApplicationModule(allowedDependencies = {"http1", "upstream", "tenant", "connection"})
@NullMarked
package io.qlikbridge.directread;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
