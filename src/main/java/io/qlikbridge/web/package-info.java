/** How HTTP is served: the security filter chain, limits, and the end of serving. */
@ApplicationModule(allowedDependencies = {"failure", "observation", "problem", "wire"})
@NullMarked
package io.qlikbridge.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
