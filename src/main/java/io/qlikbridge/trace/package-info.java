/** What the doings for one request are found by: its id in the log, and its spans. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.qlikbridge.trace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
