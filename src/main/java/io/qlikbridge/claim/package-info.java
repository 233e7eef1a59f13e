/** The right to issue for a user, held by one replica at a time. */
@ApplicationModule(allowedDependencies = {"lease", "subject", "connection", "username", "changes", "problem"})
@NullMarked
package io.qlikbridge.claim;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
