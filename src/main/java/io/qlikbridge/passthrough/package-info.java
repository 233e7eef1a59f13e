/** Qlik's own API, read as one user. */
@ApplicationModule(allowedDependencies = {"issuing", "access", "tenant", "subject", "connection", "problem"})
@NullMarked
package io.qlikbridge.passthrough;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
