/** The forward proxy on the way out, if there is one. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.qlikbridge.proxy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
