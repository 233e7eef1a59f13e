/** Keeps secrets unreadable at rest. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.qlikbridge.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
