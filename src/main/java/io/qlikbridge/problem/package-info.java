/** The failures a caller can be told about, and those that end a start. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.qlikbridge.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
