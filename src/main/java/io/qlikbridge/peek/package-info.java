/** Work that is done with what is in memory, or not at all. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.qlikbridge.peek;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
