/** Many users at once, from a CSV file. */
@ApplicationModule(allowedDependencies = {"useradmin", "subject", "connection", "username", "changes", "problem"})
@NullMarked
package io.qlikbridge.userimport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
