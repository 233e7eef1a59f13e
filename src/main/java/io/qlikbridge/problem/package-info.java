/** The failures a caller can be told about. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.qlikbridge.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
