/** The connections of callers: how many, how long, and who goes first. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.qlikbridge.wire;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
