/** The replicas of the bridge that run, as each tells the others. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.qlikbridge.replica;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
