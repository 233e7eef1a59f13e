/** The id, the span and the measurements of each HTTP request. */
@ApplicationModule(allowedDependencies = {"trace", "problem"})
@NullMarked
package io.qlikbridge.observation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
