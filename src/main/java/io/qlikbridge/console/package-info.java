/** The frame of the console: what all its pages share, and how they show failures. */
@ApplicationModule(allowedDependencies = {"caller", "client", "failure", "problem", "trace"})
@NullMarked
package io.qlikbridge.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
