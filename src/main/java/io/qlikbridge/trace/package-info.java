/** The id of a request in the log, and the spans of what is done for it. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.qlikbridge.trace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
