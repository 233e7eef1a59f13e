/** What users may be called. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.qlikbridge.username;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
