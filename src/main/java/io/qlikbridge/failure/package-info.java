/** Every failure of a request as a problem answer (RFC 9457). */
@ApplicationModule(allowedDependencies = {"access", "observation", "trace", "forwarded", "problem"})
@NullMarked
package io.qlikbridge.failure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
