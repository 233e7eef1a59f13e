/** Changes in the database as every replica hears of them, and caches that follow them. */
@ApplicationModule(allowedDependencies = {"peek"})
@NullMarked
package io.qlikbridge.changes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
