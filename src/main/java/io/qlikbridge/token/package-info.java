/** Hands a job the token of the one user it asks for. */
@ApplicationModule(allowedDependencies = {"lease", "tenant", "connection", "subject", "access", "problem"})
@NullMarked
package io.qlikbridge.token;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
