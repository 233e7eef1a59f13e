/** The OpenAPI description. */
@ApplicationModule(allowedDependencies = {"failure", "problem"})
@NullMarked
package io.qlikbridge.apidoc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
